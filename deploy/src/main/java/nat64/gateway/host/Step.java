// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/** One action on the host, with a text form that survives a crash. */
sealed interface Step {

    /** Carries the step out. */
    void take() throws HostException;

    /** One line that {@link #parse} reads back. */
    String line();

    /** Runs a command. */
    record Run(List<String> command) implements Step {

        public Run {
            command = List.copyOf(command);
        }

        /** The words of a command are parted by single spaces. */
        static Run of(String command) {
            return new Run(List.of(command.split(" ")));
        }

        @Override
        public void take() throws HostException {
            Commands.run(command);
        }

        @Override
        public String line() {
            return "run\t" + String.join("\t", command);
        }
    }

    /**
     * Runs many commands of {@code ip} in one process: one for each route would take minutes for ten thousand.
     *
     * @param family {@code -4} or {@code -6}
     * @param commands without {@code ip} and the family
     */
    record Batch(String family, List<String> commands) implements Step {

        private static final Pattern FAILED = Pattern.compile("Command failed -:(\\d+)");

        public Batch {
            commands = List.copyOf(commands);
        }

        /** The same in batches of at most so many commands. */
        List<Step> parts(int most) {
            return IntStream.iterate(0, from -> from < commands.size(), from -> from + most)
                    .<Step>mapToObj(from ->
                            new Batch(family, commands.subList(from, Math.min(commands.size(), from + most))))
                    .toList();
        }

        @Override
        public void take() throws HostException {
            if (commands.isEmpty()) {
                return;
            }
            var result = Commands.feed(List.of("ip", family, "-batch", "-"), commands);
            if (!result.isSuccess()) {
                throw new HostException("ip %s %s: %s"
                        .formatted(
                                family,
                                failed(result.output()),
                                result.output().lines().findFirst().orElse("failed")));
            }
        }

        private String failed(String output) {
            var line = FAILED.matcher(output);
            return line.find() ? commands.get(Integer.parseInt(line.group(1)) - 1) : "-batch";
        }

        @Override
        public String line() {
            return "batch\t" + family + "\t" + String.join("\t", commands);
        }
    }

    /**
     * Deletes all IPv4 rules with preference 0 of a protocol: {@code ip rule flush} leaves out those with that
     * preference.
     *
     * @param protocol the number that tells who has made them
     */
    record DeleteRules(String protocol) implements Step {

        @Override
        public void take() throws HostException {
            int rules = 0;
            for (var rule : Commands.json("ip -json -4 rule")) {
                boolean isOurs = rule.path("priority").asInt() == 0
                        && rule.path("protocol").asText().equals(protocol);
                rules += isOurs ? 1 : 0;
            }
            new Batch("-4", Collections.nCopies(rules, "rule delete preference 0 protocol " + protocol)).take();
        }

        @Override
        public String line() {
            return "rules\t" + protocol;
        }
    }

    /** Writes a kernel setting, a file under {@code /proc/sys}. */
    record Write(Path setting, String value) implements Step {

        @Override
        public void take() throws HostException {
            try {
                Files.writeString(setting, value + "\n"); // the kernel does not notice that nothing is written
            } catch (IOException e) {
                throw new HostException(
                        "cannot write %s to %s (%s); set it before the start; in a container, through the runtime"
                                .formatted(value, setting, e.getMessage()),
                        e);
            }
        }

        @Override
        public String line() {
            return "write\t" + setting + "\t" + value;
        }
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws HostException if it is anything else
     */
    static Step parse(String line) throws HostException {
        var words = List.of(line.split("\t", -1));
        if (words.size() >= 2 && words.getFirst().equals("run")) {
            return new Run(words.subList(1, words.size()));
        }
        if (words.size() > 2 && words.getFirst().equals("batch")) {
            return new Batch(words.get(1), words.subList(2, words.size()));
        }
        if (words.size() == 2 && words.getFirst().equals("rules")) {
            return new DeleteRules(words.get(1));
        }
        if (words.size() == 3 && words.getFirst().equals("write")) {
            return new Write(Path.of(words.get(1)), words.get(2));
        }
        throw new HostException("not a step to undo: " + line);
    }
}
