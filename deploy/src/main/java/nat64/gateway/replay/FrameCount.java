// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many frames of a capture were of a kind, and the first of them.
 *
 * @param firstFrames numbers of the first ten
 */
public record FrameCount(long count, List<Integer> firstFrames) {

    private static final int MOST = 10;

    public FrameCount {
        firstFrames = List.copyOf(firstFrames);
    }

    @Override
    public String toString() {
        return count
                + (count == 1 ? " (frame " : " (frames ")
                + firstFrames.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (count > firstFrames.size() ? ", ...)" : ")");
    }

    /** Counts. */
    static final class Tally {

        private long count;
        private final List<Integer> firstFrames = new ArrayList<>();

        void add(int frame) {
            count++;
            if (firstFrames.size() < MOST) {
                firstFrames.add(frame);
            }
        }

        FrameCount result() {
            return new FrameCount(count, firstFrames);
        }
    }
}
