// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import java.util.Map;

/**
 * What became of the things that the host has to have, by their kinds.
 *
 * @param isThere whether all of the kind was there at the last look
 * @param repairs how often something of the kind was restored
 * @param broken what is missing and can't be restored, a sentence each
 */
public record HostHealth(Map<String, Boolean> isThere, Map<String, Long> repairs, List<String> broken) {

    public HostHealth {
        isThere = Map.copyOf(isThere);
        repairs = Map.copyOf(repairs);
        broken = List.copyOf(broken);
    }
}
