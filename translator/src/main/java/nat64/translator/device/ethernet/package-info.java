// SPDX-License-Identifier: Apache-2.0
/**
 * IP packets on an Ethernet: frames, the next hop of a packet, ARP and neighbor discovery. Pure: frames come in and go
 * out through small interfaces, the time is a parameter. For one thread.
 */
@NullMarked
package nat64.translator.device.ethernet;

import org.jspecify.annotations.NullMarked;
