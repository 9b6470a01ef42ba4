// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nat64.gateway.config.file.KeyValue;
import nat64.gateway.config.file.Problem;
import nat64.gateway.config.text.SourceFiles;

/**
 * A configuration that can be used.
 *
 * @param source the file, or a word for the defaults
 * @param file if there is one
 * @param files that it was read from, and how to find them
 * @param whole all of it as one file
 * @param values by the paths of the keys, defaults included
 * @param warnings what in it does nothing, or is dangerous
 */
public record LoadedConfig(
        String source,
        Optional<Path> file,
        SourceFiles files,
        Supplier<String> whole,
        GatewayConfig config,
        Map<String, KeyValue> values,
        List<Problem> warnings) {

    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }

    /** All of it as one file: the only one, or one that means the same as several; empty for the defaults. */
    public String text() {
        return whole.get();
    }
}
