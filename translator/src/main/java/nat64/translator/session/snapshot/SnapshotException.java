// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import java.util.Locale;

/** A snapshot can't be read. None of it was used. */
public final class SnapshotException extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What is wrong with it. */
    public enum Reason {
        /** It is something else, or of a version that this program does not read. */
        OTHER_FORMAT,
        /** Its end is missing. */
        TRUNCATED,
        /** A checksum is wrong, or something is in it that no writer writes. */
        DAMAGED;

        /** The name in lower case, as metrics spell it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    SnapshotException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
