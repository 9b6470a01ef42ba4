// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.session.pool4.QuarantineSettings;

/**
 * Sizes of the tables of a stateful translator, for which memory is reserved at start.
 *
 * @param maxSessions sessions per protocol (TCP, UDP, ICMP)
 * @param storedSyns SYNs from the IPv4 side that may wait for their counterpart at a time
 * @param quarantine how long, and how many, released ports stay unused
 * @param blocks whether subscribers have their ports in blocks
 */
public record TableSettings(int maxSessions, int storedSyns, QuarantineSettings quarantine, PortBlockSettings blocks) {

    /** Without blocks of ports. */
    public TableSettings(int maxSessions, int storedSyns, QuarantineSettings quarantine) {
        this(maxSessions, storedSyns, quarantine, PortBlockSettings.NONE);
    }

    public static final int MOST_STORED_SYNS = 1 << 20;

    public TableSettings {
        if (maxSessions < 1) {
            throw new IllegalArgumentException("a translator needs room for at least one session, not " + maxSessions);
        }
        if (storedSyns < 1 || storedSyns > MOST_STORED_SYNS) {
            throw new IllegalArgumentException("between 1 and 1048576 SYNs can be stored, not " + storedSyns);
        }
    }
}
