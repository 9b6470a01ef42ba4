// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.IcmpError;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.SessionRules;
import nat64.translator.session.SessionTables;

/** What a stateful translator does because time passes, not because a packet comes. One per worker. */
final class Housekeeping {

    private final TableLock lock;
    private final SessionTables tables;
    private final SessionRules rules;
    private final Probes probes;
    private final IcmpErrors icmpErrors;
    private final PacketParser parser;
    private final Packet packet;
    private final PacketPort port;

    Housekeeping(
            TableLock lock,
            SessionTables tables,
            SessionRules rules,
            Probes probes,
            IcmpErrors icmpErrors,
            PacketParser parser,
            Packet packet,
            PacketPort port) {
        this.lock = lock;
        this.tables = tables;
        this.rules = rules;
        this.probes = probes;
        this.icmpErrors = icmpErrors;
        this.parser = parser;
        this.packet = packet;
        this.port = port;
    }

    /** Does some of what is due. True if there is more. */
    boolean expire(long now) {
        boolean more;
        boolean unanswered;
        long turn = lock.begin(now);
        try {
            more = tables.expire(rules, turn, probes);
            unanswered = tables.pollUnansweredSyn(turn, packet);
        } finally {
            lock.end();
        }
        if (unanswered && parser.parse(packet) == DropReason.NONE) {
            icmpErrors.reply(packet, IcmpError.PORT_UNREACHABLE, port, now);
        }
        probes.send();
        return more || unanswered;
    }
}
