// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

/**
 * Frames that were captured and not translated, since the start.
 *
 * @param device the interface where they came in
 * @param overflows those that came faster than frames are translated
 * @param tooLong those longer than the MTU
 */
public record CaptureLosses(String device, long overflows, long tooLong) {}
