// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.config.common.FileFormats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code translator.binding-log.json}. */
public final class JsonLogKeys {

    public static final Keys KEYS = Keys.section("translator.binding-log.json");

    static final ValueKey<Optional<Path>> FILE = KEYS.value(
            "file",
            "none",
            FileFormats.orNone("/var/log/nat64/bindings.json"),
            RESTART,
            "A file to which one JSON object is appended on a line for each start and end of a binding. It may be"
                    + " rotated at any time. Its directory must exist.");

    private JsonLogKeys() {}
}
