// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nat64.dns64.statistics.AnswerReason;

/**
 * Makes docs/metrics.md: prose, groups and remarks are those of a template; name, type, labels and help of each family
 * are those of an exposition, and the reasons of answers those of their constants. In the template, <code>{{family}}
 * remark</code> is a row of a table. The table of drop reasons is that of the translator, which makes it itself
 * (DropReasonTest), so it is taken from the page as it is.
 */
record MetricsDocument(Map<String, Family> families) {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) (.+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\{\\{([a-z0-9_]+)}}(?: (.*))?$");
    private static final Pattern DROP_REASONS =
            Pattern.compile("(?s)<!-- drop reasons: .*<!-- end of drop reasons -->");
    private static final String BUCKET = "le"; // every histogram has it

    /** A family of metrics. */
    private record Family(String name, String type, String labels, String help) {

        String row(String remark) {
            return "| `%s` | %s | %s | %s%s |"
                    .formatted(name, type, labels, help, remark.isEmpty() ? "" : " " + remark);
        }
    }

    /** Of a text that the program exports, with a sample of each family. */
    static MetricsDocument of(String exposition) {
        var help = HELP.matcher(exposition)
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
        var families = new LinkedHashMap<String, Family>();
        TYPE.matcher(exposition).results().forEach(line -> {
            var name = line.group(1);
            families.put(name, new Family(name, line.group(2), labels(name, exposition), help.getOrDefault(name, "")));
        });
        return new MetricsDocument(families);
    }

    private static String labels(String name, String exposition) {
        var samples = Pattern.compile("(?m)^" + name + "(?:_bucket)?\\{(.*)} ").matcher(exposition);
        return samples.results()
                .limit(1)
                .flatMap(sample -> LABEL.matcher(sample.group(1)).results())
                .map(label -> label.group(1))
                .filter(label -> !label.equals(BUCKET))
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(", "));
    }

    /**
     * The page.
     *
     * @param before as it is now
     */
    String page(String template, String before) {
        var dropReasons = DROP_REASONS
                .matcher(before)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElseThrow();
        return ROW.matcher(template)
                .replaceAll(row -> escaped(family(row.group(1)).row(row.group(2) == null ? "" : row.group(2))))
                .replace("{{drop reasons}}", dropReasons)
                .replace("{{answer reasons}}", answerReasons());
    }

    private Family family(String name) {
        var family = families.get(name);
        if (family == null) {
            throw new IllegalArgumentException("the template has {{" + name + "}}, which is not exported");
        }
        return family;
    }

    private static String escaped(String replacement) {
        return replacement.replace("\\", "\\\\").replace("$", "\\$");
    }

    private static String answerReasons() {
        return Arrays.stream(AnswerReason.values())
                .map(reason -> "| `%s` | %s | %s |".formatted(reason.label(), reason.rule(), reason.meaning()))
                .collect(Collectors.joining("\n", "| Reason | Rule | Meaning |\n|---|---|---|\n", ""));
    }
}
