// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.gateway.config.file.AutoOr;
import nat64.translator.address.Ipv6Address;

/**
 * The interfaces of a device of type {@code pcap}.
 *
 * @param ipv6Interface name; empty where the device is of another type
 * @param ipv4Interface likewise; it may be the same one
 * @param ipv6Gateway next hop of what is not on the link; automatic: the kernel's routes count
 * @param ipv4Gateway likewise, an IPv4 address
 */
public record PcapConfig(
        String ipv6Interface, String ipv4Interface, AutoOr<Ipv6Address> ipv6Gateway, AutoOr<Integer> ipv4Gateway) {}
