// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file, or the files of a directory whose names match: {@code *} stands for any characters, {@code ?} for one, and
 * neither for the dot that a hidden name begins with.
 *
 * @param path its last name may have wildcards
 */
public record FilePattern(Path path) {

    /**
     * Checks a pattern as an operator writes it.
     *
     * @throws IllegalArgumentException with what is wrong, and the remedy
     */
    public static FilePattern parse(String text) {
        var path = Path.of(text); // its exception is an IllegalArgumentException
        if (text.isBlank() || path.getFileName() == null) {
            throw new IllegalArgumentException("this is not the name of a file; write one such as conf.d/*.yaml");
        }
        var directory = path.getParent();
        if (directory != null && hasWildcard(directory.toString())) {
            throw new IllegalArgumentException(
                    text + " has a wildcard in the name of a directory; name each directory, as in conf.d/*.yaml");
        }
        return new FilePattern(path);
    }

    /** The same, where a path in this file means it. */
    public FilePattern in(Source source) {
        return new FilePattern(source.resolve(path));
    }

    public boolean isWildcard() {
        return hasWildcard(name());
    }

    /**
     * Those that are there now, by name; the one that is named, whether it is there or not.
     *
     * @throws IOException if the directory can't be listed
     */
    public List<Path> files() throws IOException {
        if (!isWildcard()) {
            return List.of(path);
        }
        var directory = path.getParent();
        var matcher = path.getFileSystem().getPathMatcher("glob:" + name().replaceAll("[\\[\\]{}\\\\]", "\\\\$0"));
        try (var names = Files.list(directory == null ? Path.of("") : directory)) {
            return names.map(Path::getFileName)
                    .filter(name -> matcher.matches(name) && (isHidden(name()) || !isHidden(name.toString())))
                    .sorted()
                    .map(path::resolveSibling)
                    .toList();
        }
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".");
    }

    private static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }
}
