// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import nat64.translator.session.table.SessionTable;

/** Which sessions of many come first. */
public enum SessionOrder {
    /** The one that was opened first. */
    AGE {
        @Override
        public long rank(SessionTable sessions, int row, long now) {
            return sessions.age(row, now);
        }
    },
    /** The one that was opened last. */
    NEWEST {
        @Override
        public long rank(SessionTable sessions, int row, long now) {
            return -sessions.age(row, now);
        }
    },
    /** The one that expires first. */
    EXPIRES {
        @Override
        public long rank(SessionTable sessions, int row, long now) {
            return -sessions.timeLeft(row, now);
        }
    };

    /** Of two rows, the one with the higher rank comes first. */
    public abstract long rank(SessionTable sessions, int row, long now);
}
