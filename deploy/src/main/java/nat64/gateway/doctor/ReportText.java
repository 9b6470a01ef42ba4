// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor;

import java.util.List;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/**
 * Results for people: a line each, and below what is not ok a second one that says what to do.
 *
 * @param colours whether the first word has the colour of its kind (ECMA-48, SGR)
 */
public record ReportText(boolean colours) {

    private static final int KIND = 9;
    private static final int NAME = 16;
    private static final String END = "\033[0m";

    /** The lines of one check. */
    public List<String> lines(Report.Entry entry) {
        var result = entry.result();
        var word = Report.word(result);
        var kind = (colours ? colour(result) + word + END : word) + " ".repeat(KIND - word.length());
        var first = kind + padded(entry.name()) + result.found();
        return switch (result) {
            case Ok _, Skipped _ -> List.of(first);
            case Warning(var _, var remedy) -> List.of(first, remedy(remedy));
            case Failed(var _, var remedy) -> List.of(first, remedy(remedy));
        };
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(1, NAME - name.length()));
    }

    private static String remedy(String text) {
        return " ".repeat(KIND) + padded("") + "-> " + text;
    }

    private static String colour(Result result) {
        return switch (result) {
            case Ok _ -> "\033[32m";
            case Warning _ -> "\033[33m";
            case Failed _ -> "\033[31m";
            case Skipped _ -> "\033[2m";
        };
    }
}
