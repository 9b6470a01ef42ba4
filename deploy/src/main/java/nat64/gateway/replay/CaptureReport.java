// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a capture.
 *
 * @param frames all frames that were read
 * @param notIp neither IPv4 nor IPv6
 * @param cutShort of which the capture holds only the beginning; they were not run
 * @param tooLong longer than an IP packet can be on a wire; they were not run
 * @param translatedFromIpv6 packets from the IPv6 side that went through
 * @param translatedFromIpv4 packets from the IPv4 side that went through
 * @param dropped by side and reason
 * @param sent packets in the output
 * @param icmpErrorsSent those of them that are ICMP errors of the translator's own
 */
public record CaptureReport(
        long frames,
        FrameCount notIp,
        FrameCount cutShort,
        FrameCount tooLong,
        long translatedFromIpv6,
        long translatedFromIpv4,
        List<Dropped> dropped,
        long sent,
        long icmpErrorsSent) {

    public CaptureReport {
        dropped = List.copyOf(dropped);
    }

    /**
     * Packets of one side that were dropped for one reason.
     *
     * @param direction {@code from_ipv6} or {@code from_ipv4}, as on metrics
     * @param reason the label of the {@link nat64.translator.packet.DropReason}
     * @param rule document and section
     */
    public record Dropped(String direction, String reason, String rule, String meaning, FrameCount packets) {}

    /** For people. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(frames + " frames read");
        lines.add("  " + translatedFromIpv6 + " packets translated from IPv6, " + translatedFromIpv4 + " from IPv4");
        addIfAny(lines, "not IP", notIp);
        addIfAny(lines, "cut short by the capture, not translated; capture with -s 0", cutShort);
        addIfAny(lines, "longer than any packet, not translated; turn segmentation offload off", tooLong);
        lines.add(sent + " packets written, " + icmpErrorsSent + " of them ICMP errors of the translator");
        lines.add(dropped.isEmpty() ? "nothing dropped" : "dropped:");
        for (var drop : dropped) {
            lines.add("  " + drop.direction + " " + drop.reason + ": " + drop.packets);
            lines.add("    " + drop.meaning + " " + drop.rule + ".");
        }
        return lines;
    }

    private static void addIfAny(List<String> lines, String what, FrameCount count) {
        if (count.count() > 0) {
            lines.add("  " + what + ": " + count);
        }
    }
}
