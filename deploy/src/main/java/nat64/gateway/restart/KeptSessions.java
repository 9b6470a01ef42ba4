// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.restart;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What became of the sessions that are kept for a restart.
 *
 * @param records sessions and resting ports in the file that was written last
 * @param writes how often the file was written
 * @param failures how often it could not be written
 * @param age seconds since the file had all sessions; nothing before the first write
 * @param adopted sessions that were found at the start, by what became of them
 * @param refused files that were found at the start and not used, by reason
 */
public record KeptSessions(
        long records,
        long writes,
        long failures,
        OptionalDouble age,
        Map<String, Long> adopted,
        Map<String, Long> refused) {

    /** Before anything has happened. */
    public static final KeptSessions NONE = new KeptSessions(0, 0, 0, OptionalDouble.empty(), Map.of(), Map.of());

    public KeptSessions {
        adopted = Map.copyOf(adopted);
        refused = Map.copyOf(refused);
    }
}
