// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The script by which the shell fish completes commands and options; picocli makes those for bash and zsh. */
final class FishCompletion {

    private final String program;
    private final StringJoiner lines = new StringJoiner("\n", "", "\n");

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandSpec root) {
        var script = new FishCompletion(root.name());
        script.lines.add("# Completions of " + root.name() + " for fish.");
        script.add(root, "__fish_use_subcommand");
        return script.lines.toString();
    }

    /** Options and commands of a command, offered where a condition of fish holds. */
    private void add(CommandSpec command, String condition) {
        command.options().stream().filter(option -> !option.hidden()).forEach(option -> add(option, condition));
        command.positionalParameters()
                .forEach(parameter -> add(condition, candidates(parameter), parameter.description()));
        for (var name : command.subcommands().keySet()) {
            var spec = command.subcommands().get(name).getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            add(condition, List.of("-f", "-a", name), spec.usageMessage().description());
            var nested = spec.subcommands().isEmpty() ? "" : "; and not __fish_seen_subcommand_from " + names(spec);
            var outer = command.parent() == null ? "" : condition.replaceFirst("; and not .*", "; and ");
            add(spec, outer + "__fish_seen_subcommand_from " + name + nested);
        }
    }

    private void add(OptionSpec option, String condition) {
        var words = new ArrayList<String>();
        for (var name : option.names()) {
            words.add(name.startsWith("--") ? "-l" : "-s");
            words.add(name.replaceFirst("^--?", ""));
        }
        if (option.arity().max() > 0) {
            words.add("-r");
        }
        words.addAll(candidates(option));
        add(condition, words, option.description());
    }

    /** No files, but the words that an argument can be, if it is one of a few. */
    private static List<String> candidates(ArgSpec argument) {
        var candidates = argument.completionCandidates();
        if (candidates == null) {
            return List.of();
        }
        return List.of("-f", "-a", quote(String.join(" ", candidates).toLowerCase(Locale.ROOT)));
    }

    private void add(String condition, List<String> words, String[] description) {
        if (words.isEmpty()) {
            return;
        }
        var text = description.length == 0 ? "" : " -d " + quote(description[0]);
        lines.add("complete -c %s -n %s %s%s".formatted(program, quote(condition), String.join(" ", words), text));
    }

    private static String names(CommandSpec command) {
        return String.join(" ", command.subcommands().keySet());
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
