// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One walk through one file: what was found wrong on the way, and which keys were asked for. */
public final class Reading {

    private final String file;
    private final Problems errors = new Problems();
    private final Problems warnings = new Problems();
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
        errors.add(new Problem(file, line, key, text));
    }

    public void error(Located<?> at, String text) {
        error(at.line(), at.key(), text);
    }

    public void warn(Located<?> at, String text) {
        warnings.add(new Problem(file, at.line(), at.key(), text));
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
        return warnings.inOrder(file);
    }

    /**
     * Ends the walk: what the file has and no reader asked for is an error, too.
     *
     * @throws ConfigException if anything is wrong
     */
    public void finish() {
        for (var key : present) {
            if (!known.contains(key.value())) {
                // a suggestion compares with every known key, which takes its time for 100,000 unknown ones
                error(key, errors.isFull() ? "unknown key" : "unknown key; " + KeySuggestion.of(key.value(), known));
            }
        }
        if (!errors.isEmpty()) {
            throw new ConfigException(errors.inOrder(file));
        }
    }
}
