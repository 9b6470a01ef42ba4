// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import nat64.translator.packet.Packet;
import nat64.translator.pipeline.TableLock;
import nat64.translator.session.SessionTables;

/** What a stateful translator does because time passes, not because a packet comes. One per worker. */
public final class Housekeeping {

    private final TableLock lock;
    private final SessionTables tables;
    private final Probes probes;
    private final UnansweredSyns unansweredSyns;
    private final Packet packet;

    /** Stored SYNs are moved into the packet, which is used for nothing else at the same time. */
    public Housekeeping(
            TableLock lock, SessionTables tables, Probes probes, UnansweredSyns unansweredSyns, Packet packet) {
        this.lock = lock;
        this.tables = tables;
        this.probes = probes;
        this.unansweredSyns = unansweredSyns;
        this.packet = packet;
    }

    /** Does some of what is due. True if there is more. */
    public boolean expire(StatefulRules rules, long now) {
        boolean more;
        boolean unanswered;
        long time = lock.lock(now);
        try {
            more = tables.expire(rules.session(), time, probes);
            unanswered = tables.pollUnansweredSyn(time, packet);
        } finally {
            lock.unlock();
        }
        if (unanswered) {
            unansweredSyns.answer(packet, rules, now);
        }
        probes.send(rules);
        return more || unanswered;
    }
}
