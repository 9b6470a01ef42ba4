// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.explain;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.health.PrefixWatch;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.network.EventLoops;
import nat64.dns64.query.Answer;
import nat64.dns64.query.CachedOnly;
import nat64.dns64.query.Pipeline;
import nat64.dns64.query.Query;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.RebindingProtection;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.synthesis.View;
import nat64.dns64.view.ClientList;
import nat64.dns64.view.Views;
import nat64.translator.address.Pref64;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Answers single questions as a server would, and reports each step. It asks the real upstreams and probes the real
 * prefixes, but serves no client and keeps nothing. Made by {@code Dns64Server.explainer}.
 */
public final class Dns64Explainer implements AutoCloseable {

    private final Rules rules;
    private final Upstream upstream;
    private final LongSupplier nanoTime;
    private final EventLoops loops;

    /**
     * By what a server would answer.
     *
     * @param clients who is served
     * @param watched Pref64s that are checked first
     * @param dnssec whether signatures count
     * @param special names that are answered here
     */
    public record Rules(
            ClientList clients, Policy policy, List<WatchedPrefix> watched, DnssecMode dnssec, SpecialNames special) {

        RebindingProtection rebinding() {
            return policy.rebinding();
        }

        public Rules {
            watched = List.copyOf(watched);
        }
    }

    /**
     * @param upstream asked for all names that are not special
     * @param loops run delayed questions; closed with the explainer
     */
    public Dns64Explainer(Rules rules, Upstream upstream, LongSupplier nanoTime, EventLoops loops) {
        this.rules = rules;
        this.upstream = upstream;
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
     * What the client would get; takes some seconds at most. The question has RD set, and neither DO nor CD.
     *
     * @param type a number of the IANA registry
     */
    public Dns64Explanation explain(Name name, int type, InetAddress client) {
        var dead = deadPrefixes();
        var policy = rules.policy();
        var views = new Views(policy, PrefixWatch.apart(rules.watched(), policy.pref64s()));
        views.withdraw(dead);
        var view = views.now().of(client).view();
        boolean served = rules.clients().contains(client);
        var recorder = new Recorder(upstream);
        var answer = served ? answer(name, type, view, recorder) : refusal();
        var steps = new ExplainedSteps(name, type, view)
                .client(served)
                .view(dead, policy)
                .special(rules.special())
                .mode()
                .outcomes(recorder.asked())
                .signatures(recorder.asked(), rules.dnssec())
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
                new CachedOnly(new MessageCache(0, nanoTime), DenialScope.ALL),
                // No server forwards to it, so no question is a probe of our own.
                new Pipeline.Rules(rules.special(), rules.dnssec() != DnssecMode.OFF, _ -> false, rules.rebinding()),
                new Pipeline.Timing(nanoTime, loops::later));
        var question = Record.newRecord(name, type, DClass.IN);
        return pipeline.answer(new Query(0, question, true, false, false, null, Transport.TCP), view)
                .toCompletableFuture()
                .join();
    }

    private static Answer refusal() {
        return Answer.error(Rcode.REFUSED, AnswerReason.REFUSED_CLIENT, ExtendedErrorCodeOption.PROHIBITED);
    }

    private Set<Pref64> deadPrefixes() {
        return rules.watched().stream()
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
