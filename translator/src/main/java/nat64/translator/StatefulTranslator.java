// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.List;
import nat64.translator.session.Ranking;
import nat64.translator.session.TableCopy;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.ListedBinding;
import nat64.translator.session.record.ListedBlock;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionEvents;
import nat64.translator.session.record.SessionOrder;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.snapshot.RecordBuffer;

/**
 * What only a stateful translator has: bindings and sessions, which all its parts share. Its methods are for the thread
 * that processes packets. Each holds the lock of the tables for a bounded number of rows.
 */
public sealed interface StatefulTranslator extends PacketTranslator permits Nat64 {

    /** Some sessions of all parts, {@code most} at most. */
    List<SessionView> sessions(int most, long now);

    /** A page of sessions, {@code most} at most; {@link Page#BEGINNING} is the first cursor. */
    Page<SessionRecord> sessions(RecordFilter filter, long cursor, int most, long now);

    /** Begins to look for the sessions that come first in an order, {@code most} at most; any thread may. */
    Ranking rank(RecordFilter filter, SessionOrder order, int most, long now);

    /** Looks at some sessions for a ranking. True if there are more. */
    boolean rank(Ranking ranking, long now);

    /** The sessions that a ranking has found. */
    List<SessionRecord> ranked(Ranking ranking, long now);

    /** A page of bindings, {@code most} at most; {@link Page#BEGINNING} is the first cursor. */
    Page<ListedBinding> bindings(RecordFilter filter, long cursor, int most, long now);

    /** A page of blocks of ports that subscribers have, {@code most} at most. */
    Page<ListedBlock> blocks(RecordFilter filter, long cursor, int most, long now);

    /** A page of pool4 addresses, {@code most} at most, with those that drain. */
    Page<Pool4Record> pool4(long cursor, int most, long now);

    /** What the tables hold besides sessions and bindings. */
    Occupancy occupancy(long now);

    /** A page of subscribers, {@code most} at most; there are none without limits. */
    Page<SubscriberRecord> subscribers(long cursor, int most, long now);

    /** Writes changes of bindings and sessions into a new ring from now on. */
    SessionEvents listen(int capacity, SessionEvents.Scope scope);

    /** Writes no more changes into a ring that {@link #listen} has made. */
    void ignore(SessionEvents events);

    /** Takes a session from another process into the tables, with its binding and its port; again changes nothing. */
    Adoption adopt(SessionRecord session, long now);

    /** Gives hosts the pool4 addresses that they have had in another process; before the first packet. */
    void pairAs(long seed);

    /** Keeps a port unused that another process has released; false if it is bound, or not of pool4. */
    boolean hold(HeldPort port, long now);

    /** Begins a copy of all bindings and sessions as of a time; any thread may. */
    TableCopy copy(long at);

    /** Copies some rows into a buffer. True if there are more, and room for them. */
    boolean copy(TableCopy copy, RecordBuffer into, long now);
}
