// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.address.Ipv6Address;

/**
 * The ICMP errors that the translator itself sends.
 *
 * @param source of ICMPv6 errors; an ICMPv4 error comes from the address that the dropped packet was sent to
 * @param perSecond limit for each kind of error, and for a burst of it; 0 sends none
 */
public record IcmpErrorRules(Ipv6Address source, int perSecond) {}
