// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;

/**
 * Learns of every change of the tables, at once and in order, under their lock: it must neither block nor allocate, and
 * may read the row during the call only. A binding is announced before its first session and withdrawn after its last.
 * {@link SessionEvents} takes the changes to another thread.
 */
public interface SessionListener {

    void bound(Protocol protocol, Bib bib, int row, long now);

    void opened(Protocol protocol, SessionTable sessions, int row, long now);

    /**
     * The TCP state or the Pref64 of a session has changed. A packet that only refreshes its session changes nothing.
     */
    void changed(Protocol protocol, SessionTable sessions, int row, long now);

    void closed(Protocol protocol, SessionTable sessions, int row, long now);

    void unbound(Protocol protocol, Bib bib, int row, long now);

    /** A subscriber gets a block of ports: a binding that is in it comes next or has just come. */
    void blockStarted(PortBlocks blocks, int block, long now);

    /** The last binding in a block has ended. */
    void blockEnded(PortBlocks blocks, int block, long now);
}
