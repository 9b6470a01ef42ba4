// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nat64.gateway.config.text.Place;
import nat64.gateway.config.text.Source;

/** One walk through the files of a configuration: what was found wrong on the way, and which keys were asked for. */
public final class Reading {

    private final Source main;
    private final List<String> files = new ArrayList<>(); // in the order of messages
    private final Set<Source> tables = new HashSet<>();
    private final Problems errors = new Problems();
    private final Problems warnings = new Problems();
    private final List<Located<String>> present = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, Key> read = new LinkedHashMap<>();
    private final Map<String, KeyValue> values = new LinkedHashMap<>();

    /** @param main the file that the operator has named, or what takes its place */
    public Reading(Source main) {
        this.main = main;
        files.add(main.name());
    }

    /** The file that the operator has named, or what takes its place. */
    public Source main() {
        return main;
    }

    /** There is a file beside the main one. */
    void alsoRead(Source source, boolean isTable) {
        main.isOneOfSeveral();
        source.isOneOfSeveral();
        files.add(source.name());
        if (isTable) {
            tables.add(source);
        }
    }

    public void error(Place place, String key, String text) {
        add(errors, place, key, text);
    }

    public void error(Located<?> at, String text) {
        error(at.place(), at.key(), text);
    }

    public void warn(Located<?> at, String text) {
        add(warnings, at.place(), at.key(), text);
    }

    private void add(Problems problems, Place place, String key, String text) {
        var source = place.source() == Source.NONE ? main : place.source();
        problems.add(new Problem(source.name(), place.line(), key, text), tables.contains(source));
    }

    void found(Place place, String key) {
        present.add(new Located<>(key, place, key));
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
        return warnings.inOrder(files);
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
        finishPart();
    }

    /**
     * Ends a walk that has asked for some of the keys only.
     *
     * @throws ConfigException if anything that was looked at is wrong
     */
    public void finishPart() {
        if (!errors.isEmpty()) {
            throw new ConfigException(errors.inOrder(files));
        }
    }
}
