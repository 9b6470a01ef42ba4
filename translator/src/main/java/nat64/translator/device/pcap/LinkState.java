// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import nat64.translator.device.ethernet.NextHops;

/**
 * What may change of a link while a port uses it.
 *
 * @param nextHops the routes over this link
 * @param mtu in bytes; longer packets are not taken from it
 */
public record LinkState(NextHops nextHops, int mtu) {}
