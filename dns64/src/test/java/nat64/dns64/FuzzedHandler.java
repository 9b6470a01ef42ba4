// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
import nat64.dns64.fuzz.MessageJudge;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipelines;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.upstream.CachedUpstream;
import nat64.dns64.upstream.FuzzedAnswers;
import nat64.dns64.view.Views;

/** A server without its sockets, whose every response is judged. Its clock stands still unless it is moved. */
final class FuzzedHandler implements AutoCloseable {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress STRANGER = InetAddress.ofLiteral("198.51.100.1");
    private static final int SEED = 6147;

    /** What a stranger gets beside the query that came: an OPT record with an extended error. */
    private static final int LONGEST_REFUSAL = 40;

    private final FuzzedAnswers upstream;
    private final Counters counters = new Counters();
    private final MessageCache cache;
    private final PacketCache ready;
    private final QueryHandler handler;
    private final PacketQuery plain = new PacketQuery();
    private final byte[] response = new byte[1232];
    private final int cacheBytes;
    private long nanos;
    private long answered;
    private long repeated;

    FuzzedHandler(int cacheBytes, FuzzedAnswers.Maker answers) {
        this.cacheBytes = cacheBytes;
        upstream = new FuzzedAnswers(answers);
        cache = new MessageCache(cacheBytes, () -> nanos);
        ready = new PacketCache(cacheBytes, SEED, () -> nanos);
        var policy = Pipelines.policy("2001:db8:64::/96");
        var pipeline =
                Pipelines.pipeline(new CachedUpstream(cache, DenialScope.ALL, upstream), cache, () -> nanos, policy);
        handler = Pipelines.handler(pipeline, counters, ready, new Views(policy, Set.of()));
    }

    void pass(long milliseconds) {
        nanos += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    /** Fails if the response to a message over UDP is none that may be sent. */
    void feed(byte[] query, boolean fromStranger) {
        if (!fromStranger && answersAtOnce(query)) {
            return;
        }
        handler.handle(query.clone(), fromStranger ? STRANGER : CLIENT, Transport.UDP)
                .toCompletableFuture()
                .join()
                .ifPresent(bytes -> {
                    MessageJudge.judge(query, bytes);
                    assertThat(fromStranger && bytes.length > query.length + LONGEST_REFUSAL)
                            .as("amplifies")
                            .isFalse();
                    answered++;
                });
    }

    private boolean answersAtOnce(byte[] query) {
        int length = plain.read(query, query.length, handler.views().of(CLIENT).variant())
                ? ready.answer(plain, response)
                : 0;
        if (length > 0) {
            MessageJudge.judge(query, Arrays.copyOf(response, length));
            answered++;
            repeated++;
        }
        return length > 0;
    }

    long answered() {
        return answered;
    }

    /** Of those, the ones that were ready. */
    long repeated() {
        return repeated;
    }

    long upstreamAnswers() {
        return upstream.count();
    }

    long cachedBytes() {
        return cache.bytes() + ready.bytes();
    }

    List<AnswerReason> reasons() {
        return counters.answers().keySet().stream()
                .map(AnswerGroup::reason)
                .distinct()
                .toList();
    }

    /** Fails if something went wrong inside. */
    @Override
    public void close() {
        assertThat(counters.dropped()).containsEntry(DropReason.INTERNAL_ERROR, 0L);
        assertThat(reasons()).doesNotContain(AnswerReason.INTERNAL_ERROR);
        assertThat(cache.bytes()).isLessThanOrEqualTo(cacheBytes);
        assertThat(ready.bytes()).isLessThanOrEqualTo(cacheBytes);
        assertThat(handler.inFlight()).isZero();
    }
}
