// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the translator did with one packet: the steps that it entered, in their order, and what each of them found,
 * written down by the steps themselves. For {@code nat64 explain} only: packets of live workers have no trace, so a
 * step costs them one branch. One thread.
 */
public final class PacketTrace {

    private final List<Entry> entries = new ArrayList<>();
    private DropReason result = DropReason.NONE;
    private boolean ended;

    /**
     * One step.
     *
     * @param findings what it found, in words; empty if there is nothing to say
     */
    public record Entry(Step step, List<String> findings) {}

    /**
     * No trace. That {@link Packet} calls this loads the class: the just-in-time compiler does not inline {@link
     * Packet#trace} while its type is not loaded, and the packet path would call it a dozen times per packet.
     */
    static @Nullable PacketTrace none() {
        return null;
    }

    /** The packet enters a step. */
    public void enter(Step step) {
        if (!ended) {
            entries.add(new Entry(step, new ArrayList<>()));
        }
    }

    /**
     * Adds what a step found, if the packet entered it; the arguments are formatted as by {@link String#format}.
     */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
    public void find(Step step, String finding, Object... arguments) {
        for (int i = entries.size() - 1; i >= 0 && !ended; i--) {
            if (entries.get(i).step == step) {
                entries.get(i).findings.add(finding.formatted(arguments));
                return;
            }
        }
    }

    /**
     * The packet has reached the end of its line. What follows, such as fragments that waited for it, is not traced.
     */
    public void end(DropReason reason) {
        if (!ended) {
            ended = true;
            result = reason;
        }
    }

    /** The steps that the packet entered; the last one is the step that dropped it, if it was dropped. */
    public List<Entry> entries() {
        return entries.stream()
                .map(entry -> new Entry(entry.step, List.copyOf(entry.findings)))
                .toList();
    }

    /** Why the packet was dropped; NONE if it was sent. */
    public DropReason result() {
        return result;
    }
}
