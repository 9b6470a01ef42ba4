// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Pref64s;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.SessionTable;

/** Puts a session from elsewhere into the tables of its protocol. Pure but for the tables; they are locked. */
final class Adopter {

    private Adopter() {}

    /** As {@link SessionTables#adopt}. */
    static Adoption adopt(ProtocolTables tables, Pairing pairing, Pref64s pref64s, SessionRecord record, long now) {
        var binding = record.binding();
        var client = binding.client();
        if (record.state().timeLeft().toMillis() <= 0) {
            return Adoption.EXPIRED;
        }
        if (pref64s.indexOf(record.pref64()) == Pref64s.NONE) {
            return Adoption.UNKNOWN_PREF64;
        }
        if (!pairing.pool4().contains(binding.pool4())) {
            return Adoption.OUTSIDE_POOL4;
        }
        int row = tables.bib.find(client.high(), client.low(), binding.clientPort());
        int outside = tables.bib.find(binding.pool4(), binding.pool4Port());
        if (row != outside) {
            return outside != Bib.NONE ? Adoption.PORT_TAKEN : Adoption.BOUND_OTHERWISE;
        }
        int prefix = pref64s.indexOf(record.pref64());
        if (row != Bib.NONE) {
            int session =
                    tables.sessions.find(binding.pool4(), binding.pool4Port(), record.remote(), record.remotePort());
            if (session != SessionTable.NONE) {
                return update(tables, session, prefix, record, now);
            }
        }
        return tables.isFull() ? Adoption.TABLE_FULL : open(tables, row, prefix, record, now);
    }

    private static Adoption update(ProtocolTables tables, int row, int prefix, SessionRecord record, long now) {
        tables.sessions.refresh(row, now + record.state().timeLeft().toMillis());
        tables.sessions.prefix(row, prefix);
        tables.state(row, record.state().tcp(), now);
        return Adoption.KNOWN;
    }

    private static Adoption open(ProtocolTables tables, int bound, int prefix, SessionRecord record, long now) {
        int binding = bound == Bib.NONE ? tables.bind(record.binding(), now) : bound;
        long deadline = now + record.state().timeLeft().toMillis();
        int row = tables.create(binding, record.remote(), record.remotePort(), deadline, now);
        if (row == ProtocolTables.NONE) {
            return Adoption.TABLE_FULL;
        }
        tables.sessions.state(row, record.state().tcp());
        tables.sessions.prefix(row, prefix);
        tables.sessions.markAnswered(row); // it has lived elsewhere: nothing is known against it
        tables.opened(row, record.state().fromIpv4(), now);
        return Adoption.ADOPTED;
    }
}
