// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipelines;
import nat64.dns64.query.Query;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.PrefixPolicy;
import nat64.dns64.settings.ViewSettings;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.DomainMode;
import nat64.dns64.synthesis.DomainModes;
import nat64.dns64.synthesis.ExclusionSet;
import nat64.dns64.synthesis.View;
import nat64.dns64.upstream.CachedUpstream;
import nat64.dns64.view.Views;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Clients of different views over one cache of raw answers and one of ready ones. */
class ViewIsolationTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.200");
    private static final Pref64 PREF64 = Pref64.parse("2001:db8:64::/96");
    private static final Pref64 SPARE = Pref64.parse("2001:db8:65::/96");
    private static final String OF_HERE = "www.example.org. 60 IN AAAA 2001:db8:64:0:0:0:c633:6407";
    private static final String OF_HERE_TOO = "www.example.org. 60 IN AAAA 2001:db8:65:0:0:0:c633:6407";
    private static final String OF_THERE = "www.example.org. 60 IN AAAA 2001:db8:66:0:0:0:c633:6407";

    private final Map<Integer, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final MessageCache cache = new MessageCache(1 << 20, () -> 0);
    private final PacketCache ready = new PacketCache(1 << 20, 64, () -> 0);
    private final Policy policy = policy();
    private final Views views = new Views(policy, Set.of());
    private final QueryHandler handler = Pipelines.handler(
            Pipelines.pipeline(new CachedUpstream(cache, DenialScope.ALL, this::ask), cache, () -> 0, policy),
            new Counters(),
            ready,
            views);

    @Test
    @Tag("R-90")
    void showsEachClientItsOwnPrefixThoughAllAskAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var seen = new ArrayList<Future<List<String>>>();
            for (int i = 0; i < 4000; i++) {
                var client = i % 2 == 0 ? HERE : THERE;
                seen.add(threads.submit(() -> atOnceOrElse(client)));
            }
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i).get()).isEqualTo(i % 2 == 0 ? List.of(OF_HERE, OF_HERE_TOO) : List.of(OF_THERE));
            }
        }
        assertThat(ready.hits()).isPositive();
    }

    @Test
    @Tag("R-90")
    void asksUpstreamsOnceForAllViews() {
        answer(HERE, true);
        answer(THERE, true);

        assertThat(asked.get(Type.A)).hasValue(1);
        assertThat(asked.get(Type.AAAA)).hasValue(1);
    }

    @Test
    @Tag("R-90")
    void showsNoWithdrawnPrefixThoughAnAnswerWasReady() throws Exception {
        assertThat(atOnceOrElse(HERE)).containsExactly(OF_HERE, OF_HERE_TOO);

        views.withdraw(Set.of(PREF64));

        assertThat(atOnceOrElse(HERE)).containsExactly(OF_HERE_TOO);
        assertThat(asked.get(Type.AAAA)).hasValue(1);
    }

    @Test
    @Tag("R-08")
    void answersWithoutRecursionWhatTheCacheKnows() throws Exception {
        assertThat(message(handle(HERE, false)).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(asked).isEmpty();

        answer(HERE, true);

        assertThat(text(message(handle(HERE, false)).getSection(Section.ANSWER)))
                .containsExactly(OF_HERE, OF_HERE_TOO);
    }

    @Test
    @Tag("R-12")
    void asksForARecordsFirstWhereTheyAreForced() {
        var forced = new View(
                "forced",
                true,
                new AddressMapping(List.of(PREF64), false),
                ExclusionSet.DEFAULT,
                Set.of(View.Cause.values()),
                DomainModes.of(Map.of(name("example.org."), DomainMode.FORCE)),
                View.WithCheckingDisabled.NONE,
                View.LONGEST_TTL);
        var pipeline = Pipelines.pipeline(this::ask, () -> 0, PREF64.toString());
        var question = Record.newRecord(name("www.example.org."), Type.AAAA, DClass.IN);

        var answer = pipeline.answer(new Query(1, question, true, false, false, null, Transport.UDP), forced)
                .toCompletableFuture()
                .join();

        assertThat(answer.reason()).isEqualTo(AnswerReason.SYNTHESIZED_BY_FORCE);
        assertThat(asked).containsOnlyKeys(Type.A);
    }

    private List<String> atOnceOrElse(InetAddress client) throws Exception {
        byte[] query = query(true);
        byte[] response = new byte[1232];
        var wire = new PacketQuery();
        int length =
                wire.read(query, query.length, views.now().of(client).variant()) ? ready.answer(wire, response) : 0;
        return length > 0 ? text(message(response).getSection(Section.ANSWER)) : answer(client, true);
    }

    private List<String> answer(InetAddress client, boolean recursion) {
        return text(message(handle(client, recursion)).getSection(Section.ANSWER));
    }

    private byte[] handle(InetAddress client, boolean recursion) {
        return handler.handle(query(recursion), client, Transport.UDP)
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    private CompletableFuture<Outcome> ask(Question question, long deadlineNanos) {
        asked.computeIfAbsent(question.type(), _ -> new AtomicInteger()).incrementAndGet();
        return CompletableFuture.completedFuture(
                question.type() == Type.A ? data("www.example.org. 60 IN A 198.51.100.7") : noData(SOA));
    }

    private static byte[] query(boolean recursion) {
        var message = Message.newQuery(Record.newRecord(name("www.example.org."), Type.AAAA, DClass.IN));
        if (!recursion) {
            message.getHeader().unsetFlag(Flags.RD);
        }
        return message.toWire();
    }

    private static Message message(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Policy policy() {
        var there = new ViewSettings(
                List.of(),
                List.of(Ipv4Prefix.parse("192.0.2.128/25")),
                PrefixPolicy.ALL,
                View.of(List.of(Pref64.parse("2001:db8:66::/96"))));
        return new Policy(List.of(there), ViewSettings.of(List.of(PREF64, SPARE)), List.of(), false);
    }
}
