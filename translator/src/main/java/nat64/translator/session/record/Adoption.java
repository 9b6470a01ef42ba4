// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.util.Locale;

/** What became of a session from elsewhere: SessionTables.adopt. */
public enum Adoption {
    /** It is in the tables now, with its binding and its port. */
    ADOPTED,
    /** It was there already, and has the state and the time left of the record now. */
    KNOWN,
    /** No time is left. */
    EXPIRED,
    /** The Pref64 is none of ours. */
    UNKNOWN_PREF64,
    /** The host may not open sessions here, and the operator has not bound its address. */
    CLIENT_NOT_ALLOWED,
    /** The pool4 address or the port is none of ours. */
    OUTSIDE_POOL4,
    /** Another host has the pool4 transport address. */
    PORT_TAKEN,
    /** The host's transport address is bound to another pool4 transport address. */
    BOUND_OTHERWISE,
    /** There is no room for another session of the protocol. */
    TABLE_FULL;

    /** Whether the session lives in the tables now. */
    public boolean succeeded() {
        return this == ADOPTED || this == KNOWN;
    }

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
