// SPDX-License-Identifier: Apache-2.0
/** The gateway on Ethernet interfaces, without a TUN device. */
@NullMarked
package nat64.gateway.e2e.pcap;

import org.jspecify.annotations.NullMarked;
