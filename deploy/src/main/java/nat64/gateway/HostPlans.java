// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.host.HostPlan;
import nat64.gateway.host.SharedAddress;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.session.pool4.Pool4Range;

/** What a configuration means for the host, where the translator has a TUN device. */
final class HostPlans {

    private HostPlans() {}

    /** The prefixes with IPv6 addresses that are the translator's. */
    static List<Ipv6Prefix> ownPrefixes(GatewayConfig config) {
        return config.translator()
                .stateless()
                .clat()
                .map(clat -> List.of(clat.ipv6()))
                .orElseGet(() -> config.pref64s().stream().map(Pref64::prefix).toList());
    }

    /** What the host must route to the TUN device. */
    static HostPlan of(GatewayConfig config) {
        var translator = config.translator();
        var device = translator.device();
        var clat = translator.stateless().clat();
        boolean isStateless = translator.mode().isStateless();
        return new HostPlan(
                new HostPlan.Device(device.name(), device.address(), device.translatorAddress()),
                clat.isPresent() ? List.of() : config.ipv6Routes(),
                isStateless
                        ? translator.stateless().ipv6Eams().stream()
                                .map(Eam::ipv4)
                                .toList()
                        : translator.stateful().pool4().stream()
                                .filter(range -> !range.isShared())
                                .map(Pool4Range::prefix)
                                .toList(),
                translator.stateful().masquerade() && !isStateless,
                clat,
                isStateless ? Optional.empty() : shared(translator.stateful()),
                List.of());
    }

    private static Optional<SharedAddress> shared(StatefulConfig stateful) {
        return stateful.pool4().stream()
                .filter(Pool4Range::isShared)
                .findFirst()
                .map(range -> SharedAddress.of(range, stateful.boundPolicy().staticBindings()));
    }
}
