// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RELOAD;
import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code translator.subscribers}. */
public final class SubscriberKeys {

    public static final Keys KEYS = Keys.section("translator.subscribers");

    private static final Format<Integer> LIMIT = Formats.integer(0, 1_000_000_000);

    static final ValueKey<Integer> PREFIX_LENGTH = KEYS.value(
            "prefix-length",
            "64",
            Formats.integer(1, 128),
            RESTART, // sessions are counted by it while they live
            "Bits of the IPv6 address that tell subscribers apart: 64 if each has one network, 56 or 48 if each has"
                    + " more.");
    static final ValueKey<AutoOr<Integer>> MAX_SESSIONS = KEYS.value(
            "max-sessions",
            "auto",
            Formats.orAuto(LIMIT),
            RELOAD,
            "Live sessions that one subscriber may open, of all protocols; IPv4 hosts may open as many again to it."
                    + " `auto` is a quarter of `translator.max-sessions`; 0 is no limit. See [the"
                    + " decision](decisions/0046-fair-tables.md).");
    static final ValueKey<AutoOr<Integer>> MAX_PORTS = KEYS.value(
            "max-ports",
            "auto",
            Formats.orAuto(LIMIT),
            RELOAD,
            "Ports of pool4 that one subscriber may take, of all protocols and addresses. `auto` is a quarter of the"
                    + " ports of each address, for each protocol; 0 is no limit.");
    static final ValueKey<Integer> NEW_SESSIONS_PER_SECOND = KEYS.value(
            "new-sessions-per-second",
            "0",
            LIMIT,
            RELOAD,
            "Sessions that one subscriber may open in a second, and IPv4 hosts to it; 0 is no limit.");

    private SubscriberKeys() {}
}
