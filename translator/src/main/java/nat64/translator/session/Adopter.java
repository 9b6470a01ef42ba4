// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Pref64s;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;

/** Puts what comes from elsewhere into the tables of its protocol. Pure but for the tables; they are locked. */
final class Adopter {

    private Adopter() {}

    /** As {@link SessionTables#adopt}. */
    static Adoption adopt(SessionRules rules, ProtocolTables tables, Pairing pairing, SessionRecord record, long now) {
        var binding = record.binding();
        var client = binding.client();
        int prefix = rules.pref64s().indexOf(record.pref64());
        if (record.state().timeLeft().toMillis() <= 0) {
            return Adoption.EXPIRED;
        }
        if (prefix == Pref64s.NONE) {
            return Adoption.UNKNOWN_PREF64;
        }
        int row = tables.bib.find(client.high(), client.low(), binding.clientPort());
        if (!Admission.isClient(rules, client) && (row == Bib.NONE || !tables.bib.isStatic(row))) {
            return Adoption.CLIENT_NOT_ALLOWED;
        }
        int outside = tables.bib.find(binding.pool4(), binding.pool4Port());
        if (row != outside) {
            return outside != Bib.NONE ? Adoption.PORT_TAKEN : Adoption.BOUND_OTHERWISE;
        }
        if (row == Bib.NONE) {
            return pairing.pool4().offers(binding.pool4(), binding.pool4Port())
                    ? open(tables, row, prefix, record, now)
                    : Adoption.OUTSIDE_POOL4;
        }
        int session = tables.sessions.find(binding.pool4(), binding.pool4Port(), record.remote(), record.remotePort());
        return session == SessionTable.NONE
                ? open(tables, row, prefix, record, now)
                : update(tables, session, prefix, record, now);
    }

    private static Adoption update(ProtocolTables tables, int row, int prefix, SessionRecord record, long now) {
        tables.sessions.refresh(row, now + record.state().timeLeft().toMillis());
        tables.sessions.prefix(row, prefix);
        if (record.state().answered()) {
            tables.answered(row);
        }
        tables.state(row, record.state().tcp(), now);
        return Adoption.KNOWN;
    }

    private static Adoption open(ProtocolTables tables, int bound, int prefix, SessionRecord record, long now) {
        if (tables.isFull()) {
            return Adoption.TABLE_FULL;
        }
        int binding = bound == Bib.NONE ? tables.bind(record.binding(), now) : bound;
        long deadline = now + record.state().timeLeft().toMillis();
        int row = tables.create(binding, record.remote(), record.remotePort(), deadline, now);
        if (row == ProtocolTables.NONE) {
            return Adoption.TABLE_FULL;
        }
        tables.sessions.state(row, record.state().tcp());
        tables.sessions.prefix(row, prefix);
        if (record.state().answered()) {
            tables.sessions.markAnswered(row);
        }
        tables.opened(row, record.state().fromIpv4(), now);
        tables.sessions.openedAt(row, now - record.state().age().toMillis());
        return Adoption.ADOPTED;
    }

    /** As {@link SessionTables#hold}. */
    static boolean hold(ProtocolTables tables, Pairing pairing, PortBlocks blocks, HeldPort held, long now) {
        var pool4 = pairing.pool4();
        if (held.timeLeft().toMillis() <= 0 || !pool4.offers(held.pool4(), held.port())) {
            return false;
        }
        int address = pool4.index(held.pool4());
        boolean rests = blocks.hold(address, held.port(), (int) held.timeLeft().toMillis(), now);
        if (held.protocol() == Protocol.TCP) {
            return rests; // it stands for its block: see TableCopy
        }
        if (tables.isBound(address, held.port()) || !tables.ports.reserve(address, held.port())) {
            return false;
        }
        tables.quarantine.add(address, held.port(), (int) held.timeLeft().toMillis(), now);
        return true;
    }
}
