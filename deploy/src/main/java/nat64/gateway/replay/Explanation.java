// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nat64.gateway.replay.Outcome.Verdict;
import nat64.translator.packet.Rule;

/**
 * What the translator does with one packet, step by step.
 *
 * @param packet the packet in words
 * @param steps up to the one that ends its way
 * @param verdict translated, dropped or kept
 * @param reason the label of the drop reason; {@code none} of a packet that was not dropped
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

    static Explanation of(PacketView packet, List<Line> steps, Outcome outcome) {
        var rule = outcome.drop().rule();
        return new Explanation(
                packet.describe(),
                steps,
                outcome.verdict().name().toLowerCase(Locale.ROOT),
                outcome.drop().label(),
                rule.citation(),
                outcome.verdict() == Verdict.KEPT ? "The packet is kept; nothing is sent now." : rule.sentence(),
                outcome.counter(),
                outcome.sent().stream()
                        .map(octets -> PacketView.of(octets).describe())
                        .toList());
    }

    static Line line(Rule.Step step, String finding) {
        return new Line(step.name().toLowerCase(Locale.ROOT).replace('_', ' '), finding);
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
