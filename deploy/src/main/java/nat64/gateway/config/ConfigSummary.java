// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.dns64.settings.ViewSettings;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.dns64.AutoPorts;
import nat64.gateway.config.dns64.Dns64Config;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.config.translator.TranslatorConfig;
import nat64.translator.address.Pref64;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.Pool4Range;

/** What a configuration makes the gateway do, in a few lines. */
public final class ConfigSummary {

    /** Items of one list that are shown. */
    private static final int MOST_LISTED = 16;

    private ConfigSummary() {}

    public static List<String> of(GatewayConfig config) {
        var lines = new ArrayList<String>();
        if (config.role().translates()) {
            lines.addAll(translator(config));
        }
        if (config.role().answersDns()) {
            lines.addAll(dns64(config));
        }
        if (config.role().answersDns() || !config.translator().mode().isStateless()) {
            lines.add("serve " + clients(config.clients()));
        }
        lines.add(
                config.admin().enabled()
                        ? "show metrics and health at http://"
                                + Endpoints.text(config.admin().listen())
                        : "show no metrics or health");
        return lines;
    }

    private static List<String> translator(GatewayConfig config) {
        var translator = config.translator();
        var lines = new ArrayList<>(translator.mode().isStateless() ? stateless(config) : stateful(config));
        lines.add(device(translator));
        return lines;
    }

    private static String device(TranslatorConfig translator) {
        var device = translator.device();
        boolean setsUp = translator.setUpHost();
        return switch (device.type()) {
            case TUN ->
                "create the device " + device.name()
                        + (setsUp
                                ? ", and set " + hostSettings(translator)
                                : "; " + hostSettings(translator) + " are left to you");
            case PCAP ->
                "take packets from the " + device.description()
                        + (setsUp
                                ? ", keep the kernel from them by one nftables table, turn their receive offload off"
                                : "; keeping the kernel from them is left to you");
        };
    }

    private static String hostSettings(TranslatorConfig translator) {
        var stateful = translator.stateful();
        if (translator.mode().isStateless() || !(stateful.masquerade() || sharesAddress(stateful))) {
            return "addresses, routes and forwarding";
        }
        return "addresses, routes, forwarding and one nftables table"
                + (translator.setUpHost() && sharesAddress(stateful) ? ", and rules that lead ports to it" : "");
    }

    private static boolean sharesAddress(StatefulConfig stateful) {
        return stateful.automatic().ownPorts().isPresent()
                || stateful.pool4().stream().anyMatch(Pool4Range::isShared);
    }

    private static List<String> stateless(GatewayConfig config) {
        var stateless = config.translator().stateless();
        var lines = new ArrayList<String>();
        stateless
                .clat()
                .ifPresent(clat -> lines.add("translate this host's IPv4 address " + clat.ipv4() + " to " + clat.ipv6()
                        + ", and reach all others through the NAT64 at " + prefixes(config)));
        if (stateless.clat().isEmpty()) {
            lines.add("translate " + (config.pref64s().isEmpty() ? "addresses with a mapping" : prefixes(config))
                    + " to IPv4 without state");
        }
        stateless.eams().stream().limit(MOST_LISTED).forEach(eam -> lines.add("map " + eam));
        addRest(lines, stateless.eams().size(), "map");
        return lines;
    }

    private static List<String> stateful(GatewayConfig config) {
        var translator = config.translator();
        var lines = new ArrayList<String>();
        lines.add("translate " + prefixes(config) + " to IPv4 as " + pool4(translator));
        if (!config.translateNonGlobal() && config.pref64s().stream().anyMatch(Pref64::isWellKnown)) {
            lines.add("refuse private and other non-global IPv4 addresses in 64:ff9b::/96 (RFC 6052, section 3.1)");
        }
        lines.add("keep up to " + translator.stateful().maxSessions() + " sessions each of TCP, UDP and ICMP"
                + (translator.stateful().automatic().maxSessions() ? ", by the memory of this machine" : ""));
        lines.add(subscribers(translator.stateful().policy().limits()));
        blocks(translator.stateful()).ifPresent(lines::add);
        var bindings = translator.stateful().boundPolicy().staticBindings();
        bindings.stream().limit(MOST_LISTED).forEach(binding -> lines.add("bind " + binding));
        addRest(lines, bindings.size(), "bind");
        var untranslated = translator.stateful().policy().untranslated();
        if (!untranslated.isEmpty()) {
            lines.add("never translate " + listed(untranslated));
        }
        var log = translator.bindingLog();
        if (log.isOn()) {
            lines.add("log bindings" + (log.destinations() ? " and sessions" : "") + " to " + listed(log.outputs()));
        }
        return lines;
    }

    private static String pool4(TranslatorConfig translator) {
        var stateful = translator.stateful();
        var ranges = listed(stateful.pool4().stream()
                .map(range -> range.prefix() + " ports " + range.ports())
                .toList());
        if (stateful.pool4().stream().anyMatch(Pool4Range::isShared)) {
            return ranges + ", this host's own address";
        }
        if (!translator.setUpHost()) {
            return ranges + (stateful.masquerade() ? ", which you masquerade" : "");
        }
        var masqueraded = ranges + (stateful.masquerade() ? ", masqueraded behind the host's own IPv4 address" : "");
        return stateful.automatic()
                .ownPorts()
                .map(ports ->
                        "ports " + ports + " of this host's own IPv4 address; where it has none, as " + masqueraded)
                .orElse(masqueraded);
    }

    private static String subscribers(SubscriberLimits limits) {
        var parts = new ArrayList<String>();
        if (limits.sessions() > 0) {
            parts.add(limits.sessions() + " sessions, and as many that IPv4 hosts open to it");
        }
        if (limits.ports() > 0) {
            parts.add(limits.ports() + " ports of pool4");
        }
        if (limits.addressShare() > 0) {
            parts.add("one in " + limits.addressShare() + " ports of each pool4 address");
        }
        if (limits.sessionsPerSecond() > 0) {
            parts.add(limits.sessionsPerSecond() + " new sessions per second");
        }
        var subscriber = "each subscriber (IPv6 prefix of /" + limits.prefixLength() + ")";
        return parts.isEmpty()
                ? "set no limits for " + subscriber
                : "allow " + subscriber + " " + String.join("; ", parts);
    }

    private static Optional<String> blocks(StatefulConfig stateful) {
        var blocks = stateful.policy().blocks();
        if (!blocks.isOn()) {
            return Optional.empty();
        }
        long number = stateful.pool4().stream()
                .mapToLong(range -> range.prefix().size() * blocks.blocksIn(range.ports()))
                .sum();
        return Optional.of("give ports in blocks of %d, %d for each subscriber at most; pool4 has %d blocks"
                .formatted(blocks.size(), blocks.most(), number));
    }

    private static List<String> dns64(GatewayConfig config) {
        var dns64 = config.dns64();
        var lines = new ArrayList<String>();
        lines.add("answer DNS on "
                + endpoints(dns64.listen().plain(), "port 53 of every address of the host but those of its uplink"));
        dns64.listen().serving().tls().ifPresent(tls -> {
            var auto = dns64.listen().auto();
            addEncrypted(lines, "TLS", new Endpoints(auto.tls(), tls.listen()), AutoPorts.TLS);
            addEncrypted(lines, "HTTPS", new Endpoints(auto.https(), tls.https()), AutoPorts.HTTPS);
        });
        lines.add("ask " + resolvers(dns64) + ", and put IPv4-only names into " + prefixes(config));
        var forward = dns64.upstreams().forward();
        lines.addAll(ForwardSummary.of(forward, MOST_LISTED));
        addRest(lines, forward.size(), "forward");
        var views = dns64.policy().views();
        views.stream().limit(MOST_LISTED).forEach(view -> lines.add(view(view)));
        addRest(lines, views.size(), "answer");
        return lines;
    }

    private static String view(ViewSettings settings) {
        var view = settings.view();
        var clients = Stream.concat(settings.clientsV6().stream(), settings.clientsV4().stream())
                .toList();
        return "answer %s from the view %s, %s"
                .formatted(
                        listed(clients),
                        view.name(),
                        view.synthesizes() ? "with " + listed(view.pref64s()) : "without synthesis");
    }

    private static void addEncrypted(List<String> lines, String transport, Endpoints endpoints, int port) {
        if (endpoints.auto() || !endpoints.given().isEmpty()) {
            lines.add("answer DNS over " + transport + " on "
                    + endpoints(endpoints, "port " + port + " of the same addresses"));
        }
    }

    private static String prefixes(GatewayConfig config) {
        return config.pref64s().stream().map(Pref64::toString).collect(Collectors.joining(", "));
    }

    private static String clients(Clients clients) {
        return listed(Stream.of(
                        clients.auto()
                                ? Stream.of("loopback, private and attached networks, but none of the uplink")
                                : Stream.of(),
                        clients.ipv6().stream(),
                        clients.ipv4().stream())
                .flatMap(part -> part)
                .toList());
    }

    private static String resolvers(Dns64Config dns64) {
        var upstreams = dns64.upstreams().servers();
        return listed(Stream.concat(
                        upstreams.auto() ? Stream.of("the resolvers of resolv.conf") : Stream.of(),
                        upstreams.given().stream())
                .toList());
    }

    private static String endpoints(Endpoints endpoints, String auto) {
        return listed(Stream.concat(
                        endpoints.auto() ? Stream.of(auto) : Stream.of(),
                        endpoints.given().stream().map(Endpoints::text))
                .toList());
    }

    private static String listed(List<?> items) {
        var first = items.stream().limit(MOST_LISTED).map(Object::toString).collect(Collectors.joining(", "));
        return items.size() <= MOST_LISTED ? first : first + " and " + (items.size() - MOST_LISTED) + " more";
    }

    private static void addRest(List<String> lines, int items, String verb) {
        if (items > MOST_LISTED) {
            lines.add(verb + " " + (items - MOST_LISTED) + " more");
        }
    }
}
