// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

/**
 * Counts the sessions and bindings of one protocol among those of their subscribers, if there are limits; a row that is
 * counted is marked so. One thread at a time.
 */
final class SubscriberCounts {

    private final ProtocolTables tables;
    private final Pairing pairing;
    private final Subscribers subscribers;

    SubscriberCounts(ProtocolTables tables, Pairing pairing, Subscribers subscribers) {
        this.tables = tables;
        this.pairing = pairing;
        this.subscribers = subscribers;
    }

    /** Counts a session that is not counted. */
    void session(int row, long now) {
        var sessions = tables.sessions;
        if (!sessions.isCounted(row)) {
            long high = sessions.ipv6High(row);
            boolean inbound = sessions.isFromIpv4(row);
            sessions.isCounted(row, subscribers.opened(high, sessions.ipv6Low(row), inbound, now));
        }
    }

    void removeSession(int row) {
        var sessions = tables.sessions;
        if (sessions.isCounted(row)) {
            subscribers.closed(sessions.ipv6High(row), sessions.ipv6Low(row), sessions.isFromIpv4(row));
            sessions.isCounted(row, false);
        }
    }

    /** Counts a binding that is neither static nor counted. */
    void binding(int row, long now) {
        var bib = tables.bib;
        if (!bib.isCounted(row) && !bib.isStatic(row)) {
            bib.isCounted(row, subscribers.bound(bib.ipv6High(row), bib.ipv6Low(row), place(row), now));
        }
    }

    void removeBinding(int row) {
        var bib = tables.bib;
        if (bib.isCounted(row)) {
            subscribers.unbound(bib.ipv6High(row), bib.ipv6Low(row), place(row));
            bib.isCounted(row, false);
        }
    }

    /** Whether the session in a row is one of the subscriber of an address. */
    boolean isOfSubscriber(int row, long ipv6High, long ipv6Low) {
        var sessions = tables.sessions;
        return subscribers.areSame(sessions.ipv6High(row), sessions.ipv6Low(row), ipv6High, ipv6Low);
    }

    private long place(int binding) {
        return Subscribers.place(tables.protocol(), pairing.pool4().index(tables.bib.ipv4(binding)));
    }
}
