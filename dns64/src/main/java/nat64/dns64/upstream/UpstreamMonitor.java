// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.network.EventLoops;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Asks servers on its own account: unreliable ones, whether they answer again, and all of them now and then, whether
 * they make AAAA records themselves (RFC 7050, section 3) or forward back to this server. Works on the first event
 * loop.
 */
final class UpstreamMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamMonitor.class);
    private static final long TICK_SECONDS = 1;
    private static final long TICKS_PER_LOOK = TimeUnit.HOURS.toSeconds(1);
    private static final long TICKS_PER_LOOK_AT_LOOP = 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOP = 0;

    private static final Question ROOT = new Question(Name.root, Type.NS, DClass.IN, false, false);
    private static final Question IPV4ONLY =
            new Question(Name.fromConstantString("ipv4only.arpa."), Type.AAAA, DClass.IN, false, false);

    private final List<RemoteServer> servers;
    private final EventLoops loops;
    private final LoopProbes loopProbes;
    private final Runnable whenRecovered;
    private final Set<RemoteServer> probing = ConcurrentHashMap.newKeySet();
    private final Set<RemoteServer> dead = ConcurrentHashMap.newKeySet();
    private final Set<RemoteServer> synthesizing = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Future<?> work;
    private long ticks;

    /**
     * @param whenRecovered runs when a server answers again that did not even answer when it was probed
     */
    UpstreamMonitor(List<RemoteServer> servers, EventLoops loops, LoopProbes loopProbes, Runnable whenRecovered) {
        this.servers = List.copyOf(servers);
        this.loops = loops;
        this.loopProbes = loopProbes;
        this.whenRecovered = whenRecovered;
    }

    void start() {
        work = loops.get(LOOP).scheduleAtFixedRate(this::tick, 0, TICK_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        var running = work;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Whether the server was seen to make AAAA records. */
    boolean synthesizes(RemoteServer server) {
        return synthesizing.contains(server);
    }

    private void tick() {
        boolean look = ticks % TICKS_PER_LOOK == 0;
        ticks++;
        for (var server : servers) {
            if (look || hasNeverAnswered(server)) {
                ask(server, IPV4ONLY, outcome -> learn(server, outcome));
            }
            boolean distrusted = server.health().needsProbe(server.now()) && probing.add(server);
            if (distrusted) {
                ask(server, ROOT, _ -> probed(server));
            }
            if (look || distrusted || (server.loops() && ticks % TICKS_PER_LOOK_AT_LOOP == 0)) {
                lookForLoop(server);
            }
        }
    }

    /**
     * A lost question must not leave it unknown for an hour. A silent server is left to the probes of unreliable ones.
     */
    private static boolean hasNeverAnswered(RemoteServer server) {
        return server.health().roundTripNanos() == 0 && server.health().isReliable();
    }

    private void lookForLoop(RemoteServer server) {
        for (var probe : loopProbes.next(server)) {
            ask(server, probe.question(), outcome -> loopProbes.ended(probe, outcome));
        }
    }

    private void probed(RemoteServer server) {
        probing.remove(server);
        if (server.health().isReliable()) {
            if (dead.remove(server)) { // else it was there all the time, and what failed are some names
                whenRecovered.run();
            }
        } else {
            dead.add(server);
            server.health().probeFailed(server.now());
        }
    }

    /** Nothing is learnt from an error. */
    private void learn(RemoteServer server, Outcome outcome) {
        if (outcome instanceof Outcome.Data(var sections)) {
            if (synthesizing.add(server)) {
                LOG.warn(
                        "upstream {} synthesizes AAAA records itself, such as {}: clients then get its addresses, not those"
                                + " of pref64; to prevent that, add its prefix to dns64.exclude",
                        server.server(),
                        sections.answer().getLast().rdataToString());
            }
        } else if (outcome instanceof Outcome.Answered) {
            synthesizing.remove(server);
        }
    }

    private static void ask(RemoteServer server, Question question, Consumer<Outcome> then) {
        server.ask(LOOP, question, PATIENCE_NANOS, new Exchange.Asker() {
            @Override
            public void ended(Outcome outcome) {
                then.accept(outcome);
            }

            @Override
            public void cameLate(Outcome.Answered answer) {
                then.accept(answer);
            }
        });
    }
}
