// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One walk through one file: what was found wrong on the way, and which keys were asked for. */
public final class Reading {

    /** Errors, and warnings, that are reported one by one; of more, only the number is. */
    private static final int MOST_REPORTED = 100;

    private final String file;
    private int unreportedErrors;
    private int unreportedWarnings;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<Located<String>> present = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, Key> read = new LinkedHashMap<>();
    private final Map<String, KeyValue> values = new LinkedHashMap<>();

    public Reading(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    public void error(int line, String key, String text) {
        if (errors.size() < MOST_REPORTED) {
            errors.add(new Problem(file, line, key, text));
        } else {
            unreportedErrors++;
        }
    }

    public void error(Located<?> at, String text) {
        error(at.line(), at.key(), text);
    }

    public void warn(Located<?> at, String text) {
        if (warnings.size() < MOST_REPORTED) {
            warnings.add(new Problem(file, at.line(), at.key(), text));
        } else {
            unreportedWarnings++;
        }
    }

    void found(int line, String key) {
        present.add(new Located<>(key, line, key));
    }

    void knowSection(String path) {
        known.add(path);
    }

    void know(Key key) {
        known.add(key.path());
        read.put(key.path(), key);
    }

    /** Every key that was asked for, those of list items included, by its path. */
    public Map<String, Key> keys() {
        return Collections.unmodifiableMap(read);
    }

    /** What there is for every key that was asked for, the keys of list items apart: they are part of their list. */
    public Map<String, KeyValue> values() {
        return Collections.unmodifiableMap(values);
    }

    Map<String, KeyValue> sink() {
        return values;
    }

    public List<Problem> warnings() {
        return inOrder(warnings, unreportedWarnings);
    }

    /**
     * Ends the walk: what the file has and no reader asked for is an error, too.
     *
     * @throws ConfigException if anything is wrong
     */
    public void finish() {
        var suggestions = new HashMap<String, String>();
        for (var key : present) {
            if (!known.contains(key.value())) {
                error(key, "unknown key; " + suggestions.computeIfAbsent(key.value(), this::suggestion));
            }
        }
        if (!errors.isEmpty()) {
            throw new ConfigException(inOrder(errors, unreportedErrors));
        }
    }

    private String suggestion(String unknown) {
        return errors.size() < MOST_REPORTED ? KeySuggestion.of(unknown, known) : "";
    }

    private List<Problem> inOrder(List<Problem> problems, int unreported) {
        var all = new ArrayList<>(problems);
        all.sort(Comparator.comparingInt(Problem::line));
        if (unreported > 0) {
            all.add(new Problem(file, 0, "", "and " + unreported + " more"));
        }
        return List.copyOf(all);
    }
}
