// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again and again, in a thread of its own; after a failure at once, but at most once a second. Any thread may ask
 * what is known.
 */
public final class RepeatedProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedProbe.class);
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many tries without an explanation, and a restart is what is left. */
    private static final int MOST_MYSTERIES = 30;

    private final Duration interval;
    private final Round round;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private volatile Map<String, ProbeState> states;

    /** One try of some probes. */
    public interface Round {

        /** Tries each, and says what was found by its name. May take some seconds. Called by one thread. */
        Map<String, Finding> ask();

        /** Cuts a try short, from any thread: its findings are no longer needed. */
        default void cancel() {}
    }

    private RepeatedProbe(String name, Duration interval, List<String> probes, Round round) {
        this.interval = interval;
        this.round = round;
        states = unknown(probes);
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /**
     * Begins with a try.
     *
     * @param interval from the beginning of one try to that of the next
     * @param probes the names of what is tried first; those of later tries follow from what they find
     */
    public static RepeatedProbe start(String thread, Duration interval, List<String> probes, Round round) {
        var repeated = new RepeatedProbe(thread, interval, probes, round);
        repeated.thread.start();
        return repeated;
    }

    /** What is known, in the order of the names. */
    public List<ProbeState> states() {
        return List.copyOf(states.values());
    }

    /** Whether the probe of this name fails; not before its first try. */
    public boolean fails(String name) {
        return Optional.ofNullable(states.get(name)).map(ProbeState::fails).orElse(false);
    }

    /** Why clients are not served, a sentence each. */
    public Stream<String> missing() {
        return states.values().stream().flatMap(state -> state.missing().stream());
    }

    /** What has failed for half a minute although nothing explains it, a sentence each. */
    public Stream<String> mysteries() {
        return states.values().stream()
                .filter(state -> state.isMystery(MOST_MYSTERIES))
                .flatMap(state -> state.missing().stream());
    }

    /** Ends the thread. */
    @Override
    public void close() {
        end.countDown();
        round.cancel();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long due = System.nanoTime();
            while (!end.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                long began = System.nanoTime();
                boolean passes = ask();
                due = began + (passes ? interval.toNanos() : Math.min(interval.toNanos(), AFTER_FAILURE_NANOS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers whether all passed. */
    private boolean ask() {
        try {
            var found = round.ask();
            learn(found);
            return found.values().stream().allMatch(Finding.Passed.class::isInstance);
        } catch (RuntimeException e) { // the next try may succeed
            LOG.error("cannot probe", e);
            return false;
        }
    }

    private void learn(Map<String, Finding> found) {
        long now = System.nanoTime();
        var known = states;
        var next = new LinkedHashMap<String, ProbeState>();
        found.forEach((name, finding) -> {
            var before = known.getOrDefault(name, ProbeState.unknown(name, now));
            next.put(name, before.after(finding, now));
        });
        states = next;
    }

    private static Map<String, ProbeState> unknown(List<String> probes) {
        long now = System.nanoTime();
        var first = new LinkedHashMap<String, ProbeState>();
        probes.forEach(name -> first.put(name, ProbeState.unknown(name, now)));
        return first;
    }
}
