// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

/** Where the translator gets its packets from. */
public enum DeviceType {
    /** A TUN device, which the kernel routes packets to. */
    TUN,
    /** Ethernet interfaces, through libpcap: the kernel has no part in it. */
    PCAP
}
