// SPDX-License-Identifier: Apache-2.0
/**
 * Live Ethernet interfaces as a packet port, through pcap4j and libpcap, for hosts without a TUN device. The only
 * package that captures and injects frames; what the frames mean is decided in {@code device.ethernet}.
 */
@NullMarked
package nat64.translator.device.pcap;

import org.jspecify.annotations.NullMarked;
