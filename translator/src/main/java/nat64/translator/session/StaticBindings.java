// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.List;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.SessionEnd;

/** The bindings that the operator has made (RFC 6146, section 3.1), and how they come and go. One thread at a time. */
final class StaticBindings {

    /** For how many there is room at least, in each protocol. */
    private static final int ROOM = 4096;

    private final int room;
    private List<StaticBinding> current = List.of();

    /** For those of the start and as many again. */
    StaticBindings(int atStart) {
        room = Math.max(ROOM, 2 * atStart);
    }

    int room() {
        return room;
    }

    /**
     * Has the bindings replaced by others.
     *
     * @throws IllegalArgumentException if two of them clash, one is outside pool4, or they are too many
     */
    void change(List<StaticBinding> next, Pool4 pool4, Reconfiguration reconfiguration, SessionTables tables) {
        requireValid(next, pool4);
        var before = current;
        current = List.copyOf(next);
        before.stream()
                .filter(binding -> !next.contains(binding))
                .forEach(binding -> reconfiguration.then(now -> {
                    remove(tables.of(binding.protocol()), binding, now);
                    return false;
                }));
        next.stream()
                .filter(binding -> !before.contains(binding))
                .forEach(binding -> reconfiguration.then(new Addition(tables.of(binding.protocol()), binding)));
    }

    private void requireValid(List<StaticBinding> bindings, Pool4 pool4) {
        if (bindings.size() > room) {
            throw new IllegalArgumentException("there is room for " + room + " static bindings, not for "
                    + bindings.size() + "; restart the translator to make more room");
        }
        for (var binding : bindings) {
            if (!pool4.isInRange(binding.ipv4())) {
                throw new IllegalArgumentException("static binding outside pool4: " + binding);
            }
        }
        StaticBinding.requireDistinct(bindings);
    }

    /** The sessions of a removed binding go on; it ends with the last of them. */
    private static void remove(ProtocolTables tables, StaticBinding binding, long now) {
        int row = tables.bib.find(binding.ipv4(), binding.ipv4Port());
        if (row != Bib.NONE) {
            tables.bib.isStatic(row, false);
            tables.releaseIfUnused(row, now);
            if (tables.bib.isLive(row)) {
                tables.counts().binding(row, now);
            }
        }
    }

    /**
     * Adds a binding. Where hosts have bound one of its addresses otherwise, their sessions are ended first: the
     * operator's word counts. A binding that a host has made and that is the same becomes the static one, with its
     * sessions.
     */
    private static final class Addition implements Reconfiguration.Task {

        private final ProtocolTables tables;
        private final StaticBinding binding;
        private RowWalk ending;

        Addition(ProtocolTables tables, StaticBinding binding) {
            this.tables = tables;
            this.binding = binding;
            ending = endOthers();
        }

        @Override
        public boolean step(long now) {
            var bib = tables.bib;
            var ipv6 = binding.ipv6();
            int inside = bib.find(ipv6.high(), ipv6.low(), binding.ipv6Port());
            int outside = bib.find(binding.ipv4(), binding.ipv4Port());
            if (inside == outside) {
                int row = inside == Bib.NONE ? tables.bindStatically(binding, now) : inside;
                tables.counts().removeBinding(row);
                bib.isStatic(row, true);
                return false;
            }
            end(inside, now);
            end(outside, now);
            if (!ending.step(now)) {
                ending = endOthers();
            }
            return true;
        }

        private void end(int row, long now) {
            if (row != Bib.NONE) {
                tables.bib.isStatic(row, false);
                tables.bib.isEnding(row, true);
                tables.releaseIfUnused(row, now);
            }
        }

        private RowWalk endOthers() {
            return RowWalk.ofSessions(List.of(tables), (of, row, now) -> {
                if (of.bib.isEnding(of.sessions.binding(row))) {
                    of.endNow(row, SessionEnd.STATIC_BINDING, now);
                }
            });
        }
    }
}
