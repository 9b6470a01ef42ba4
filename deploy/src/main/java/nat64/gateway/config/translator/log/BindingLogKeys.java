// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code translator.binding-log} that are in no section inside it. */
public final class BindingLogKeys {

    public static final Keys KEYS = Keys.section("translator.binding-log");

    static final ValueKey<Boolean> DESTINATIONS = KEYS.value(
            "destinations",
            "false",
            Formats.BOOLEAN,
            RESTART,
            "Logs each session, too, with the IPv4 address and port on its other side. Without it, only bindings are"
                    + " logged: who had which address and port of pool4, not the hosts they talked to. See [the"
                    + " guide](how-to/binding-log.md).");

    private BindingLogKeys() {}
}
