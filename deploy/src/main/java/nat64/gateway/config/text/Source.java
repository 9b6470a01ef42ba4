// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.nio.file.Path;
import java.util.Optional;

/** A file that was read, or a text that takes the place of one. Two are the same only if they are one object. */
public final class Source {

    /** What stands in this program. */
    public static final Source NONE = new Source("", Optional.empty());

    private final String name;
    private final Optional<Path> path;
    private volatile boolean oneOfSeveral;

    private Source(String name, Optional<Path> path) {
        this.name = name;
        this.path = path;
    }

    /** A text. */
    public static Source named(String name) {
        return new Source(name, Optional.empty());
    }

    public static Source of(Path path) {
        return new Source(path.toString(), Optional.of(path));
    }

    /** As messages call it. */
    public String name() {
        return name;
    }

    /** The file that a path written in this one means. */
    public Path resolve(Path written) {
        return path.map(file -> file.resolveSibling(written)).orElse(written);
    }

    /** There are other files, too: from now on, {@link Place} names the file with the line. */
    public void isOneOfSeveral() {
        oneOfSeveral = true;
    }

    Place at(int line) {
        return new Place(this, line);
    }

    boolean hasToBeNamed() {
        return oneOfSeveral;
    }

    @Override
    public String toString() {
        return name;
    }
}
