// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.util.Map;
import java.util.Optional;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.gateway.config.translator.log.LogServer.Transport;

/** The keys of the section {@code translator.binding-log.ipfix}. */
public final class IpfixKeys {

    public static final Keys KEYS = Keys.section("translator.binding-log.ipfix");

    static final ValueKey<Optional<LogServer>> COLLECTOR = KEYS.value(
            "collector",
            "none",
            LogServers.orNone("udp://192.0.2.1:4739", Map.of(Transport.UDP, 4739)),
            RESTART,
            "The collector that gets the log as IPFIX (RFC 7011) with the elements of RFC 8158: `udp://` and an address"
                    + " or name; the default port is 4739.");
    static final ValueKey<Integer> OBSERVATION_DOMAIN = KEYS.value(
            "observation-domain",
            "0",
            Formats.integer(0, Integer.MAX_VALUE),
            RESTART,
            "The observation domain in each message: tells gateways apart that a collector sees behind one address.");

    private IpfixKeys() {}
}
