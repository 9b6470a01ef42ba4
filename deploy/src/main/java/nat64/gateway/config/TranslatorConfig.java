// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import nat64.translator.session.FragmentLimits;
import nat64.translator.session.Lifetimes;
import nat64.translator.session.Pool4Range;
import nat64.translator.session.StatePolicy;

/**
 * The translating half.
 *
 * @param masquerade whether pool4 hides behind the host's own IPv4 address
 * @param maxSessions sessions per protocol
 * @param state what is let in from the IPv4 side
 * @param fragments what is done for fragments
 * @param setUpHost whether the gateway sets addresses, routes, forwarding and nftables, and takes them down again
 * @param stateless counts in the stateless modes alone, as pool4, masquerade, sessions and lifetimes do in the other
 */
public record TranslatorConfig(
        List<Pool4Range> pool4,
        boolean masquerade,
        int maxSessions,
        TranslationConfig translation,
        Lifetimes lifetimes,
        StatePolicy state,
        FragmentLimits fragments,
        DeviceConfig device,
        boolean setUpHost,
        TranslatorMode mode,
        StatelessConfig stateless) {

    public TranslatorConfig {
        pool4 = List.copyOf(pool4);
    }
}
