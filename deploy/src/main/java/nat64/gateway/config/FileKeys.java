// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code config}, which is about the configuration file itself. */
final class FileKeys {

    static final Keys KEYS = Keys.section("config");

    static final ValueKey<AutoOr<Boolean>> WATCH = KEYS.value(
            "watch",
            "auto",
            Formats.orAuto(Formats.BOOLEAN),
            RESTART,
            "Whether a changed file is reloaded without `nat64 reload`. `auto` is `true` in Kubernetes, where a changed"
                    + " ConfigMap replaces the file, and `false` elsewhere.");

    private FileKeys() {}
}
