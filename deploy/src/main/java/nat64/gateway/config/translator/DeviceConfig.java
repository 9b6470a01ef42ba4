// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.translator.address.Ipv6Address;

/**
 * The device that packets come from and go to.
 *
 * @param name of the TUN device; of a device of type {@code pcap}, of what is set up on the host for it
 * @param offload whether the kernel may hand over and take segments of up to 64 KiB
 * @param address the host's own address on the TUN device
 * @param translatorAddress source of the ICMPv6 errors that the translator sends
 * @param workers threads, each with a queue of the TUN device; a device of type {@code pcap} has one
 * @param pcap the interfaces of a device of type {@code pcap}
 * @param probed whether datagrams are sent through a TUN device to find out whether they come back
 */
public record DeviceConfig(
        DeviceType type,
        String name,
        boolean offload,
        Ipv6Address address,
        Ipv6Address translatorAddress,
        WorkersConfig workers,
        PcapConfig pcap,
        boolean probed) {

    /** For messages: what packets come from. */
    public String description() {
        return switch (type) {
            case TUN -> "device " + name;
            case PCAP -> "interfaces " + pcap.ipv6Interface() + " and " + pcap.ipv4Interface();
        };
    }
}
