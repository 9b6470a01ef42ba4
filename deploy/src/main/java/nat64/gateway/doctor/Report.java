// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/** What all checks have found, in their order. */
public record Report(List<Entry> entries) {

    /** What one check has found. */
    public record Entry(String name, Result result) {}

    public Report {
        entries = List.copyOf(entries);
    }

    /**
     * Runs checks one after the other.
     *
     * @param each takes what a check has found as soon as it is known
     */
    public static Report of(List<? extends Check> checks, Consumer<Entry> each) {
        var entries = new ArrayList<Entry>();
        for (var check : checks) {
            var entry = new Entry(check.name(), check.examine());
            entries.add(entry);
            each.accept(entry);
        }
        return new Report(entries);
    }

    /** Whether something does not work. Warnings alone are none. */
    public boolean hasProblem() {
        return count(Failed.class) > 0;
    }

    /** The last line for people. */
    public String summary() {
        long failed = count(Failed.class);
        long warnings = count(Warning.class);
        return "%s, %s, %d skipped"
                .formatted(
                        failed == 0 ? "no problem" : counted(failed, "problem"),
                        warnings == 0 ? "no warning" : counted(warnings, "warning"),
                        count(Skipped.class));
    }

    /** Maps and lists that become JSON. */
    public Map<String, Object> json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("ok", !hasProblem());
        report.put("checks", entries.stream().map(Report::json).toList());
        return report;
    }

    private long count(Class<? extends Result> kind) {
        return entries.stream().filter(entry -> kind.isInstance(entry.result)).count();
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static Map<String, Object> json(Entry entry) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", entry.name);
        row.put("result", word(entry.result));
        row.put("found", entry.result.found());
        switch (entry.result) {
            case Warning warning -> row.put("remedy", warning.remedy());
            case Failed failed -> row.put("remedy", failed.remedy());
            case Ok _, Skipped _ -> {}
        }
        return row;
    }

    /** The kind of a result, in a word. */
    static String word(Result result) {
        return switch (result) {
            case Ok _ -> "ok";
            case Warning _ -> "warning";
            case Failed _ -> "failed";
            case Skipped _ -> "skipped";
        };
    }
}
