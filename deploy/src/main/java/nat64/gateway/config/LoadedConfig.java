// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.config.file.KeyValue;
import nat64.gateway.config.file.Problem;

/**
 * A configuration that can be used.
 *
 * @param source the file, or a word for the defaults
 * @param file if there is one
 * @param text of the file; empty for the defaults
 * @param values by the paths of the keys, defaults included
 * @param warnings what in it does nothing, or is dangerous
 */
public record LoadedConfig(
        String source,
        Optional<Path> file,
        String text,
        GatewayConfig config,
        Map<String, KeyValue> values,
        List<Problem> warnings) {

    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }
}
