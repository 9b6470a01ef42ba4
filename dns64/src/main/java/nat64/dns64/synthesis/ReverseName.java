// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What a name under ip6.arpa is to a DNS64 (RFC 6147, section 5.3.1). */
public sealed interface ReverseName {

    /** No address of a Pref64: the upstream knows. */
    record Foreign() implements ReverseName {}

    /**
     * Answered here: inside a Pref64, but no whole address; or one of ipv4only.arpa (RFC 8880, section 7.2).
     *
     * @param answer to a question for PTR records
     * @param zone the name of the Pref64 under ip6.arpa
     */
    record Local(LocalAnswer answer, Name zone) implements ReverseName {

        /** The answer about this name, or none if the question is for the upstream. */
        Optional<LocalAnswer> answer(Name name, int type) {
            if (type == Type.DS && name.equals(zone)) {
                return Optional.empty(); // belongs to the zone above
            }
            if (type == Type.SOA && name.equals(zone)) {
                return Optional.of(LocalAnswer.soa(zone));
            }
            boolean hasPtr = !answer.sections().answer().isEmpty();
            return Optional.of(hasPtr && type != Type.PTR ? LocalAnswer.noData(zone) : answer);
        }
    }

    /**
     * An address of a Pref64.
     *
     * @param target the name of the embedded IPv4 address under in-addr.arpa
     * @param zone the name of the Pref64 under ip6.arpa
     */
    record Embedded(Name target, Name zone) implements ReverseName {}
}
