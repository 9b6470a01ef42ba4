// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import nat64.gateway.config.file.Problem;

/**
 * A configuration that can be used.
 *
 * @param source the file, or a word for the defaults
 * @param warnings what in it does nothing, or is dangerous
 */
public record LoadedConfig(String source, GatewayConfig config, List<Problem> warnings) {

    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }
}
