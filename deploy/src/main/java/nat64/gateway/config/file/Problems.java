// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Errors, or warnings, of a file. The first ones are kept; of those after them, only the number. */
final class Problems {

    private static final int MOST = 100;

    private final List<Problem> kept = new ArrayList<>();
    private int others;

    void add(Problem problem) {
        if (isFull()) {
            others++;
        } else {
            kept.add(problem);
        }
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** Whether the text of the next one is of no interest. */
    boolean isFull() {
        return kept.size() == MOST;
    }

    /** By line, with the number of the others at the end. */
    List<Problem> inOrder(String file) {
        var all = new ArrayList<>(kept);
        all.sort(Comparator.comparingInt(Problem::line));
        if (others > 0) {
            all.add(new Problem(file, 0, "", "and " + others + " more"));
        }
        return List.copyOf(all);
    }
}
