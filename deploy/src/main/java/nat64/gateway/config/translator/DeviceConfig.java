// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.translator.address.Ipv6Address;

/**
 * The TUN device.
 *
 * @param offload whether the kernel may hand over and take segments of up to 64 KiB
 * @param address the host's own address on the device
 * @param translatorAddress source of the ICMPv6 errors that the translator sends
 * @param workers threads, each with a queue of the device
 */
public record DeviceConfig(
        String name, boolean offload, Ipv6Address address, Ipv6Address translatorAddress, WorkersConfig workers) {}
