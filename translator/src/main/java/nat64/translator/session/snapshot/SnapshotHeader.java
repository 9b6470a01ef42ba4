// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import java.util.List;
import java.util.UUID;
import nat64.translator.address.Pref64;

/**
 * When and where a snapshot was made.
 *
 * @param boot names the time since the host was started last, to which {@code at} belongs
 * @param at milliseconds since the host was started; the times left are those of this moment
 * @param pairing decides which host has which pool4 address
 * @param pref64s those that the sessions have, by their number
 */
public record SnapshotHeader(UUID boot, long at, long pairing, List<Pref64> pref64s) {

    public SnapshotHeader {
        pref64s = List.copyOf(pref64s);
    }
}
