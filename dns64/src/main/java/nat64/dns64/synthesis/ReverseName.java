// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import org.xbill.DNS.Name;

/** What a name under ip6.arpa is to a DNS64 (RFC 6147, section 5.3.1). */
public sealed interface ReverseName {

    /** No address of a Pref64: the upstream knows. */
    record Foreign() implements ReverseName {}

    /** Answered here: inside a Pref64, but no whole address; or one of ipv4only.arpa (RFC 8880, section 7.2). */
    record Local(LocalAnswer answer) implements ReverseName {}

    /**
     * An address of a Pref64.
     *
     * @param target the name of the embedded IPv4 address under in-addr.arpa
     * @param zone the name of the Pref64 under ip6.arpa
     */
    record Embedded(Name target, Name zone) implements ReverseName {}
}
