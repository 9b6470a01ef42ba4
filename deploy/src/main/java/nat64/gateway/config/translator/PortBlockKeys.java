// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.session.pool4.PortBlockSettings;

/** The keys of the section {@code translator.port-blocks}. */
public final class PortBlockKeys {

    public static final Keys KEYS = Keys.section("translator.port-blocks");

    static final ValueKey<Integer> SIZE = KEYS.value(
            "size",
            "0",
            Formats.integer(0, PortBlockSettings.LARGEST),
            RESTART, // bindings are counted by block while they live
            "Ports that a subscriber gets at a time, as one block for TCP, UDP and ICMP: a power of two from 64 to 16384,"
                    + " such as 512; 0 gives each binding a port of its own. The [log of"
                    + " bindings](how-to/binding-log.md#blocks-of-ports) then has two records for a block instead of two"
                    + " for each binding.");
    static final ValueKey<Integer> MAX = KEYS.value(
            "max",
            "4",
            Formats.integer(1, PortBlockSettings.MOST),
            RESTART,
            "Blocks that one subscriber may have at a time. It gets another one when the ports of those that it has are"
                    + " taken.");

    private PortBlockKeys() {}
}
