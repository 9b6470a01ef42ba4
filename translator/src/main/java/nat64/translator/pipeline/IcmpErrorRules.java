// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.util.OptionalInt;
import nat64.translator.address.Ipv6Address;
import nat64.translator.packet.Layers;

/**
 * The ICMP errors that the translator itself sends.
 *
 * @param ipv6Source of ICMPv6 errors
 * @param ipv4Source of ICMPv4 errors. Without one, an error comes from the address that the dropped packet was sent to:
 *     of a stateful translator, an address of pool4 and so its own
 * @param perSecond limit for each kind of error, and for a burst of it; 0 sends none
 */
public record IcmpErrorRules(Ipv6Address ipv6Source, OptionalInt ipv4Source, int perSecond) {

    /** The source of an ICMPv4 error about a packet (RFC 1812, section 4.3.2.4: an address of the router). */
    int ipv4SourceFor(Layers dropped) {
        return ipv4Source.orElse(dropped.destinationIpv4());
    }
}
