// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import nat64.dns64.cache.AnswerKind;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
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
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One query over UDP whose answer is ready, name by name at random: read the query, look it up, write the response with
 * its own ID, letter case, TTLs and OPT record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class ReadyDnsAnswer {

    private static final int PICKS = 1 << 16;
    private static final int PAYLOAD = 1232;
    private static final int VARIANT = 1;
    private static final long TTL = 86_400;
    private static final long CACHE_BYTES = 1L << 30; // so many places that no answer pushes another one out

    @Param({"1000", "100000"})
    public int names;

    private final PacketCache cache = new PacketCache(CACHE_BYTES, 64, System::nanoTime);
    private final PacketQuery query = new PacketQuery();
    private final byte[] response = new byte[PAYLOAD];
    private final byte[][] queries = new byte[PICKS][];
    private int next;

    @Setup
    public void fill() throws IOException {
        var random = new SplittableRandom(6147);
        var kind = new AnswerKind("synthesized", new LongAdder());
        var asked = new byte[names][];
        for (int i = 0; i < names; i++) {
            var question = question(i);
            asked[i] = question.toWire();
            var answer = answer(question);
            query.read(asked[i], asked[i].length, VARIANT);
            cache.keep(query, answer.toWire(), 0, TTL, kind);
        }
        for (int i = 0; i < PICKS; i++) {
            queries[i] = asked[random.nextInt(names)].clone();
            queries[i][0] = (byte) i;
        }
    }

    @Benchmark
    public int readLookUpAndWrite() {
        byte[] message = queries[next++ & (PICKS - 1)];
        query.read(message, message.length, VARIANT);
        int length = cache.answer(query, response);
        if (length == 0) {
            throw new IllegalStateException("an answer was not ready");
        }
        return length;
    }

    private static Message question(int number) throws IOException {
        var name = Name.fromString("host-" + number + ".example.org.");
        var message = Message.newQuery(Record.newRecord(name, Type.AAAA, DClass.IN));
        message.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
        return message;
    }

    private static Message answer(Message question) throws IOException {
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RD);
        answer.getHeader().setFlag(Flags.RA);
        var asked = question.getQuestion();
        answer.addRecord(asked, Section.QUESTION);
        var address = InetAddress.ofLiteral("64:ff9b::c034:c102");
        answer.addRecord(new AAAARecord(asked.getName(), DClass.IN, TTL, address), Section.ANSWER);
        answer.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
        return answer;
    }
}
