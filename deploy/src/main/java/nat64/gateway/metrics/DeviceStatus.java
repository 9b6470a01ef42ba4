// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import java.util.OptionalInt;

/**
 * The queue of packets in front of the workers.
 *
 * @param device where the packets come from
 * @param overflows packets since the device was made that found the queue full
 * @param tooLong frames since the start that were longer than the MTU of the interface; 0 of a TUN device
 * @param queued packets that wait now, if that is known
 */
public record DeviceStatus(String device, long overflows, long tooLong, OptionalInt queued) {}
