// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import nat64.translator.packet.PacketTrace;

/**
 * What the translator does with one packet, step by step, as the translator itself wrote it down.
 *
 * @param packet the packet in words
 * @param steps those that the packet entered, the one that ended its line last
 * @param verdict translated or dropped
 * @param reason the label of the drop reason; {@code none} if the packet was translated
 * @param rule document and section of the verdict
 * @param meaning the rule in words
 * @param counter the metric that the packet moves, with its labels
 * @param sent all packets that are sent because of it, in words
 */
public record Explanation(
        String packet,
        List<Line> steps,
        String verdict,
        String reason,
        String rule,
        String meaning,
        String counter,
        List<String> sent) {

    private static final String FORM = "%-13s %s";

    public Explanation {
        steps = List.copyOf(steps);
        sent = List.copyOf(sent);
    }

    /** One step: its name, and what was found. */
    public record Line(String step, String finding) {}

    static Explanation of(PacketView packet, PacketTrace trace, Outcome outcome) {
        var drop = trace.result();
        return new Explanation(
                packet.describe(),
                lines(trace, outcome),
                outcome.isDropped() ? "dropped" : "translated",
                drop.label(),
                drop.citation(),
                drop.sentence(),
                outcome.counter(),
                outcome.sent().stream()
                        .map(octets -> PacketView.of(octets).describe())
                        .toList());
    }

    private static List<Line> lines(PacketTrace trace, Outcome outcome) {
        var entries = trace.entries();
        var lines = new ArrayList<Line>();
        for (int i = 0; i < entries.size(); i++) {
            var findings = new ArrayList<>(entries.get(i).findings());
            if (i == entries.size() - 1 && outcome.isDropped()) {
                findings.add("dropped: " + trace.result().sentence());
            }
            lines.add(new Line(
                    entries.get(i).step().label(), findings.isEmpty() ? "passed" : String.join("; ", findings)));
        }
        return lines;
    }

    /** For people. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(packet);
        steps.forEach(step -> lines.add(FORM.formatted("  " + step.step, " " + step.finding)));
        lines.add(FORM.formatted("verdict", reason.equals("none") ? verdict : verdict + ": " + reason));
        lines.add(FORM.formatted("rule", rule + ". " + meaning));
        lines.add(FORM.formatted("counter", counter));
        sent.forEach(packetSent -> lines.add(FORM.formatted("sent", packetSent)));
        if (sent.isEmpty()) {
            lines.add(FORM.formatted("sent", "nothing"));
        }
        return lines;
    }
}
