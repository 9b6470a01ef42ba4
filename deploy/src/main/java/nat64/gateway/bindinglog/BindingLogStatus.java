// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.util.Map;

/**
 * What the binding log has done since the start.
 *
 * @param written records that each format's output has taken
 * @param lost records that it could not take
 * @param eventsLost events that were lost before they became records, as the log was too slow for all
 */
public record BindingLogStatus(Map<String, Long> written, Map<String, Long> lost, long eventsLost) {

    public BindingLogStatus {
        written = Map.copyOf(written);
        lost = Map.copyOf(lost);
    }
}
