// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.limit.ExpensiveAnswers;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.ServerCookies;
import nat64.dns64.message.Upstream;
import nat64.dns64.query.CachedOnly;
import nat64.dns64.query.ClientOptions;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipeline;
import nat64.dns64.query.QueryAdmission;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.query.QueryLimits;
import nat64.dns64.query.QueryLog;
import nat64.dns64.query.QueryReports;
import nat64.dns64.query.ServingRules;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.LocalZones;
import nat64.dns64.synthesis.ResolverArpa;
import nat64.dns64.synthesis.ReverseNames;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.upstream.CnameChaser;
import nat64.dns64.upstream.connection.AnswerReader;
import nat64.dns64.view.ClientList;
import nat64.dns64.view.Views;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * One query from its bytes to those of its response, with an upstream whose answers are made to take much processor
 * time: read, checked, stored in the message cache, written for a client over TCP. One thread, so time is processor
 * time. {@code honest} is an ordinary answer, to compare.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HostileAnswer {

    private static final Name NAME = Name.fromConstantString("n0.example.org.");
    private static final InetAddress CLIENT = InetAddress.ofLiteral("127.0.0.1");
    private static final Pref64 PREF64 = Pref64.WELL_KNOWN;

    /** The kinds, by number: {@code deploy/bench/in-memory} takes sizes for parameters. */
    @Param({"0", "1", "2", "3", "4", "5", "6", "7"})
    public int kind;

    private QueryHandler handler;
    private byte[] query;
    private byte[] response;
    private int asked;

    @Setup
    public void make() throws IOException {
        query = Message.newQuery(Record.newRecord(NAME, Type.A, DClass.IN)).toWire();
        response = new HostileMessage(query).of(kind);
        MessageCache[] cache = {new MessageCache(1 << 22, System::nanoTime)};
        Upstream upstream = (question, _) -> {
            var outcome = read(question);
            cache[0].store(question, outcome);
            return CompletableFuture.completedFuture(outcome);
        };
        var special = new SpecialNames(
                new ReverseNames(List.of(PREF64)), new ResolverArpa(List.of()), new LocalZones(List.of()));
        var pipeline = new Pipeline(
                new CnameChaser(upstream),
                new CachedOnly(cache[0], DenialScope.ALL),
                new Pipeline.Rules(special, false, _ -> false),
                new Pipeline.Timing(System::nanoTime, (_, _) -> new CompletableFuture<>()));
        var cookies = new ServerCookies(List.of(new byte[ServerCookies.SECRET_LENGTH]));
        handler = new QueryHandler(
                new ServingRules(
                        new ClientList(List.of(), List.of(new Ipv4Prefix(0, 0))),
                        new Views(Policy.of(List.of(PREF64)), Set.of()),
                        pipeline),
                new QueryReports(new Counters(), new QueryLog(QueryLogSettings.OFF)),
                new PacketCache(0, 0, System::nanoTime),
                new ClientOptions(() -> cookies, InstantSource.system()),
                new QueryLimits(
                        new QueryAdmission(ClientNetworks.DEFAULT, System::nanoTime, Runnable::run),
                        // a clock that runs ahead, so that nothing is refused
                        new ExpensiveAnswers(ClientNetworks.DEFAULT, 0, () -> TimeUnit.HOURS.toNanos(asked))));
    }

    @Benchmark
    public Object fromQueryToResponse() {
        asked++;
        return handler.handle(query, CLIENT, Transport.TCP);
    }

    private Outcome read(Question question) {
        if (!AnswerReader.admits(response)) {
            return new Outcome.Failure(Rcode.SERVFAIL);
        }
        try {
            return AnswerReader.read(new Message(response), question);
        } catch (IOException e) {
            return new Outcome.Failure(Rcode.SERVFAIL);
        }
    }

    /** Makes the messages as bytes, so that names and counts are what no honest server would send. */
    private static final class HostileMessage {

        private static final int MOST_RECORDS = 399;
        private static final int NAME_AT = 12;
        private static final byte[] POINTER_TO_NAME = {(byte) 0xc0, NAME_AT};
        private static final int LARGEST = 65_000;

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private int records;

        HostileMessage(byte[] query) {
            message.writeBytes(query);
        }

        byte[] of(int kind) throws IOException {
            switch (kind) {
                case 0 -> addresses(1); // honest
                case 1 -> aliases(1500);
                case 2 -> addresses(4000);
                case 3 -> addresses(100); // the largest set that is taken
                case 4 -> deepNames();
                case 5 -> typeBitmaps();
                case 6 -> strings();
                case 7 -> othersNames();
                default -> throw new IllegalArgumentException("no such kind: " + kind);
            }
            byte[] bytes = message.toByteArray();
            bytes[2] = (byte) 0x81;
            bytes[3] = (byte) 0x80;
            ByteBuffer.wrap(bytes).putShort(6, (short) records);
            return bytes;
        }

        private void addresses(int count) {
            for (int i = 0; i < count; i++) {
                add(POINTER_TO_NAME, Type.A, new byte[] {(byte) 192, 52, (byte) (i >>> 8), (byte) i});
            }
        }

        private void aliases(int count) throws IOException {
            byte[] at = POINTER_TO_NAME;
            for (int i = 0; i < count && message.size() < LARGEST; i++) {
                byte[] next =
                        Name.fromString("n" + (i + 1) + ".hostile.example.org.").toWire();
                add(at, Type.CNAME, next);
                at = next;
            }
        }

        /** Sixty names of 110 labels each, none like another. */
        private void deepNames() throws IOException {
            for (int i = 0; i < 60; i++) {
                var name = Name.fromString(("x" + i % 10 + ".").repeat(75) + "n" + i + ".example.org.");
                add(POINTER_TO_NAME, Type.A, new byte[] {(byte) 192, 52, 0, (byte) i});
                add(name.toWire(), Type.NS, name.toWire());
            }
        }

        private void typeBitmaps() {
            var types = new ByteArrayOutputStream();
            types.write(0);
            for (int window = 0; window < 200; window++) {
                types.write(window);
                types.write(32);
                byte[] all = new byte[32];
                Arrays.fill(all, (byte) 0xff);
                types.writeBytes(all);
            }
            add(POINTER_TO_NAME, Type.NSEC, types.toByteArray());
        }

        private void strings() {
            add(POINTER_TO_NAME, Type.TXT, new byte[8000]); // as many empty strings
        }

        /** As many records as are taken, all of other names than the one that was asked for. */
        private void othersNames() throws IOException {
            for (int i = 0; i < MOST_RECORDS; i++) {
                add(Name.fromString("n" + i + ".other.example.org.").toWire(), Type.A, new byte[4]);
            }
        }

        private void add(byte[] name, int type, byte[] data) {
            records++;
            message.writeBytes(name);
            message.writeBytes(ByteBuffer.allocate(10 + data.length)
                    .putShort((short) type)
                    .putShort((short) DClass.IN)
                    .putInt(60)
                    .putShort((short) data.length)
                    .put(data)
                    .array());
        }
    }
}
