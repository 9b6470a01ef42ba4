// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. The message has one line for each problem, in the order of the file. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** A problem of the file as a whole, or of a line without a key. */
    public static ConfigException of(String file, int line, String text) {
        return new ConfigException(List.of(new Problem(file, line, "", text)));
    }

    public List<Problem> problems() {
        return problems;
    }
}
