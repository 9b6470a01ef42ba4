// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import nat64.dns64.cache.AnswerCache;
import nat64.dns64.cache.Question;
import nat64.dns64.network.EventLoops;
import nat64.dns64.synthesis.Outcome;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.synthesis.View;
import nat64.dns64.upstream.Upstream;
import nat64.translator.address.Pref64;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Answers single questions as a server would, and tells each step. It asks the real upstreams and probes the real
 * prefixes, but serves nobody and keeps nothing. Made by {@link Dns64Server#explainer}.
 */
public final class Dns64Explainer implements AutoCloseable {

    private final Dns64Settings settings;
    private final Upstream upstream;
    private final SpecialNames special;
    private final LongSupplier nanoTime;
    private final EventLoops loops;

    Dns64Explainer(
            Dns64Settings settings, Upstream upstream, SpecialNames special, LongSupplier nanoTime, EventLoops loops) {
        this.settings = settings;
        this.upstream = upstream;
        this.special = special;
        this.nanoTime = nanoTime;
        this.loops = loops;
    }

    /** A question to an upstream, and what became of it. */
    record Asked(Question question, Outcome outcome) {}

    /** Hands questions on and remembers what became of them. */
    private static final class Recorder implements Upstream {

        private final Upstream source;
        private final List<Asked> asked = new ArrayList<>(); // guarded by this

        Recorder(Upstream source) {
            this.source = source;
        }

        @Override
        public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
            return source.ask(question, deadlineNanos).whenComplete((outcome, _) -> remember(question, outcome));
        }

        private synchronized void remember(Question question, Outcome outcome) {
            asked.add(new Asked(question, outcome));
        }

        synchronized List<Asked> asked() {
            return List.copyOf(asked);
        }
    }

    /**
     * What the client would be told; takes some seconds at most. The question has RD set, and neither DO nor CD.
     *
     * @param type a number of the IANA registry
     */
    public Dns64Explanation explain(Name name, int type, InetAddress client) {
        var dead = deadPrefixes();
        var policy = settings.policy();
        var views = new Views(policy, PrefixWatch.apart(settings.watched(), policy.pref64s()));
        views.withdraw(dead);
        var view = views.now().of(client).view();
        boolean served = new ClientList(settings.clientsV6(), settings.clientsV4()).contains(client);
        var recorder = new Recorder(upstream);
        var answer = served ? answer(name, type, view, recorder) : refusal();
        var steps = new ExplainedSteps(name, type, view)
                .client(served)
                .view(dead, policy)
                .special(special)
                .mode()
                .outcomes(recorder.asked())
                .signatures(recorder.asked(), settings.upstreams().dnssec().mode())
                .list();
        return new Dns64Explanation(
                name + " " + Type.string(type),
                client.getHostAddress(),
                view.name(),
                steps,
                Rcode.string(answer.rcode()),
                answer.reason().label(),
                answer.reason().rule(),
                answer.reason().meaning(),
                answer.sections().answer().stream()
                        .map(record -> record.toString().replaceAll("\\s+", " "))
                        .toList());
    }

    private Answer answer(Name name, int type, View view, Upstream recorder) {
        var pipeline = new Pipeline(
                recorder,
                new CachedOnly(new AnswerCache(0, nanoTime)),
                special,
                nanoTime,
                loops::later,
                settings.upstreams().dnssec().isOn(),
                _ -> false); // nobody forwards to it
        var question = Record.newRecord(name, type, DClass.IN);
        return pipeline.answer(new Query(0, question, true, false, false, null, Transport.TCP), view)
                .toCompletableFuture()
                .join();
    }

    private static Answer refusal() {
        return Answer.error(Rcode.REFUSED, AnswerReason.REFUSED_CLIENT, ExtendedErrorCodeOption.PROHIBITED);
    }

    private Set<Pref64> deadPrefixes() {
        return settings.watched().stream()
                .filter(watched -> !watched.check().works())
                .map(WatchedPrefix::pref64)
                .collect(Collectors.toSet());
    }

    /** Ends what is still being asked. */
    @Override
    public void close() {
        loops.close();
    }
}
