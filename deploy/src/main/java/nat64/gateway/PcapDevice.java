// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.file.AutoOr;
import nat64.gateway.host.PcapPlan;
import nat64.gateway.links.PcapLinks.PcapGateways;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.pcap.PcapSettings;
import nat64.translator.session.pool4.Pool4Range;

/** What a configuration means for a device of type pcap. */
final class PcapDevice {

    private PcapDevice() {}

    static PcapSettings settings(GatewayConfig config) {
        var pcap = config.translator().device().pcap();
        return new PcapSettings(
                pcap.ipv6Interface(),
                pcap.ipv4Interface(),
                config.ipv6Routes(),
                config.translator().device().translatorAddress(),
                ipv4(config),
                translatorIpv4(config));
    }

    static PcapPlan plan(GatewayConfig config) {
        var device = config.translator().device();
        var router = device.translatorAddress();
        var ipv6 = Stream.concat(
                        config.ipv6Routes().stream(), Stream.of(new Ipv6Prefix(router.high(), router.low(), 128)))
                .toList();
        return new PcapPlan(
                device.name(), device.pcap().ipv6Interface(), device.pcap().ipv4Interface(), ipv6, ipv4(config));
    }

    static PcapGateways gateways(GatewayConfig config) {
        var pcap = config.translator().device().pcap();
        return new PcapGateways(given(pcap.ipv6Gateway()), given(pcap.ipv4Gateway()));
    }

    /** Of a NAT64, every address of pool4 is its own. */
    private static int translatorIpv4(GatewayConfig config) {
        var translator = config.translator();
        return translator.mode().isStateless()
                ? translator.stateless().translatorIpv4()
                : translator.stateful().pool4().getFirst().prefix().address();
    }

    /** Addresses of one prefix may have several ranges of ports. */
    private static List<Ipv4Prefix> ipv4(GatewayConfig config) {
        var translator = config.translator();
        var prefixes = translator.mode().isStateless()
                ? translator.stateless().ipv6Eams().stream().map(Eam::ipv4)
                : translator.stateful().pool4().stream().map(Pool4Range::prefix);
        return prefixes.distinct().toList();
    }

    /** Nothing where the routes of the kernel count. */
    private static <T> Optional<T> given(AutoOr<T> value) {
        return switch (value) {
            case AutoOr.Auto<T> _ -> Optional.empty();
            case AutoOr.Given<T>(T gateway) -> Optional.of(gateway);
        };
    }
}
