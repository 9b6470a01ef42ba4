// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.pipeline.TranslatorSettings;

/**
 * The whole configuration, every default filled in. {@code auto} is still unresolved in it, since that needs the host.
 *
 * @param pref64s at least one, none overlaps another
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global
 */
public record GatewayConfig(
        Role role,
        List<Pref64> pref64s,
        Clients clients,
        boolean translateNonGlobal,
        TranslatorConfig translator,
        Dns64Config dns64,
        AdminConfig admin,
        LogConfig log) {

    public GatewayConfig {
        pref64s = List.copyOf(pref64s);
    }

    /** What the translator has to be told, for clients whose {@code auto} is resolved. */
    public TranslatorSettings translatorSettings(List<Ipv6Prefix> resolvedClients) {
        return new TranslatorSettings(
                pref64s,
                translator.pool4(),
                resolvedClients,
                translateNonGlobal,
                translator.lifetimes(),
                translator.maxSessions(),
                translator.device().translatorAddress(),
                translator.lowestIpv6Mtu());
    }
}
