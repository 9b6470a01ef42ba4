// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Errors, or warnings, of some files. The first ones are kept; of those after them, only the number. */
final class Problems {

    private static final int MOST = 100;

    /** Of a table, whose lines are much the same. */
    private static final int MOST_OF_A_TABLE = 20;

    private final List<Problem> kept = new ArrayList<>();
    private final Map<String, Integer> keptOf = new HashMap<>();
    private final Map<String, Integer> others = new HashMap<>();

    void add(Problem problem, boolean isOfTable) {
        int most = isOfTable ? MOST_OF_A_TABLE : MOST;
        if (isFull() || keptOf.getOrDefault(problem.file(), 0) == most) {
            others.merge(problem.file(), 1, Integer::sum);
        } else {
            kept.add(problem);
            keptOf.merge(problem.file(), 1, Integer::sum);
        }
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** Whether the text of the next one is of no interest. */
    boolean isFull() {
        return kept.size() == MOST;
    }

    /** By file and line, and after those of a file the number of its others. */
    List<Problem> inOrder(List<String> files) {
        var all = new ArrayList<Problem>();
        for (var file : files) {
            kept.stream()
                    .filter(problem -> problem.file().equals(file))
                    .sorted(Comparator.comparingInt(Problem::line))
                    .forEach(all::add);
            int more = others.getOrDefault(file, 0);
            if (more > 0) {
                all.add(new Problem(file, 0, "", "and " + more + " more"));
            }
        }
        return List.copyOf(all);
    }
}
