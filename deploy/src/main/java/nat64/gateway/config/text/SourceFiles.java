// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The files that a configuration consists of.
 *
 * @param patterns which files those are
 * @param contents what those had that could be read
 */
public record SourceFiles(List<FilePattern> patterns, Map<Path, Fingerprint> contents) {

    /** Of a text that was in no file. */
    public static final SourceFiles NONE = new SourceFiles(List.of(), Map.of());

    public SourceFiles {
        patterns = List.copyOf(patterns);
        contents = Map.copyOf(contents);
    }
}
