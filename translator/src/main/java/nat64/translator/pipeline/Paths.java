// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

/**
 * The paths of a mode.
 *
 * @param fromIpv6 of packets that come from the IPv6 side
 * @param fromIpv4 of packets that come from the IPv4 side
 */
public record Paths<R extends Rules>(Path<R> fromIpv6, Path<R> fromIpv4) {}
