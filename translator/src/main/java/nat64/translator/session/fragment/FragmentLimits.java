// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import java.time.Duration;

/**
 * What is done for fragments (RFC 6146, section 3.4).
 *
 * @param timeout how long a datagram's fragments are waited for, FRAGMENT_MIN or longer
 * @param stored how many fragments that came before their first are kept at a time, of 2 KiB each
 */
public record FragmentLimits(Duration timeout, int stored) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public static final FragmentLimits DEFAULT = new FragmentLimits(Duration.ofSeconds(2), 512);

    public static final int MOST_STORED = 1 << 16;

    public FragmentLimits {
        if (timeout.compareTo(Duration.ofSeconds(2)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "fragments are waited for between 2s (FRAGMENT_MIN of RFC 6146, section 4) and 1m, not "
                            + timeout.toMillis() + "ms");
        }
        if (stored < 1 || stored > MOST_STORED) {
            throw new IllegalArgumentException("between 1 and 65536 fragments can be stored, not " + stored);
        }
    }
}
