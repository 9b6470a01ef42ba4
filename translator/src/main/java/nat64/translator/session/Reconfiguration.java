// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.policy.DestinationPolicy;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.table.SessionEnd;

/**
 * The tables on their way to other rules, in steps that are short however many sessions there are. Made by
 * {@link SessionTables#reconfigure}; each step needs the lock of the tables.
 */
public final class Reconfiguration {

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final List<ProtocolTables> tables;

    /** Something to do in steps. */
    interface Task {
        /** Does some of it. True if there is more. */
        boolean step(long now);
    }

    Reconfiguration(List<ProtocolTables> tables) {
        this.tables = tables;
    }

    /** Does some of what is left. True if there is more. */
    public boolean step(long now) {
        var task = tasks.peek();
        if (task != null && !task.step(now)) {
            tasks.remove();
        }
        return !tasks.isEmpty();
    }

    /** Whether all is done. */
    public boolean isDone() {
        return tasks.isEmpty();
    }

    /** Counts subscribers by prefixes of another length, or for the first time, or no longer. */
    void subscribers(Subscribers subscribers, SubscriberLimits limits, Arena arena) {
        boolean asBefore = limits.isNone()
                ? !subscribers.isCounting()
                : subscribers.isCounting() && subscribers.prefixLength() == limits.prefixLength();
        if (asBefore) {
            return;
        }
        once(subscribers::stop);
        then(RowWalk.ofSessions(tables, (of, row, _) -> of.counts().removeSession(row)));
        then(RowWalk.ofBindings(tables, (of, row, _) -> of.counts().removeBinding(row)));
        if (!limits.isNone()) {
            var prepared = subscribers.prepare(arena);
            once(() -> subscribers.count(prepared, limits.prefixLength()));
            then(RowWalk.ofSessions(tables, (of, row, now) -> of.counts().session(row, now)));
            then(RowWalk.ofBindings(tables, (of, row, now) -> of.counts().binding(row, now)));
        }
    }

    /** Begins to keep the filters; once begun, they are kept whether they are asked or not. */
    void filter(Arena arena) {
        if (tables.stream().allMatch(ProtocolTables::hasFilter)) {
            return;
        }
        for (var of : tables) {
            var prepared = of.newFilter(arena);
            once(() -> of.filter(prepared));
        }
        then(RowWalk.ofSessions(tables, (of, row, _) -> of.admitRemote(row)));
        once(() -> tables.forEach(ProtocolTables::filterIsComplete));
    }

    /** Goes on with another pool4, in which hosts with bindings keep their address. */
    void pool4(Pairing pairing, PortBlocks blocks, Pool4 next, Arena arena) {
        if (next == pairing.pool4()) {
            return;
        }
        var growths = tables.stream().map(of -> of.ports.prepare(arena, next)).toList();
        var blockGrowth = blocks.prepare(arena, next);
        var room = pairing.room(tables.stream().mapToInt(of -> of.bib.size()).sum());
        once(() -> pairing.begin(next, room));
        then(RowWalk.ofBindings(tables, (of, row, _) -> pairing.pin(of.bib, row)));
        once(() -> {
            pairing.use();
            for (int i = 0; i < growths.size(); i++) {
                tables.get(i).ports.use(growths.get(i));
            }
            blocks.use(blockGrowth);
        });
    }

    /** Ends the sessions of pool4 addresses to which nothing can be sent any more. */
    void end(List<Ipv4Prefix> lost) {
        if (!lost.isEmpty()) {
            then(RowWalk.ofSessions(tables, (of, row, now) -> {
                if (DestinationPolicy.contains(lost, of.sessions.ipv4(row))) {
                    of.endNow(row, SessionEnd.POOL4_LOST, now);
                }
            }));
        }
    }

    void then(Task task) {
        tasks.add(task);
    }

    private void once(Runnable task) {
        tasks.add(_ -> {
            task.run();
            return false;
        });
    }
}
