// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code restart}. */
final class RestartKeys {

    static final Keys KEYS = Keys.section("restart");

    static final ValueKey<Boolean> KEEP_SESSIONS = KEYS.value(
            "keep-sessions",
            "true",
            Formats.BOOLEAN,
            RESTART,
            "Whether the next gateway on this host goes on with the sessions of this one. They are kept in a file of"
                    + " the runtime directory, which is written every few seconds and at the end.");

    private RestartKeys() {}
}
