// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.dns64.Dns64Config;
import nat64.gateway.config.dns64.upstream.Resolvers;
import nat64.gateway.config.translator.TranslatorConfig;
import nat64.gateway.system.HostException;
import nat64.gateway.system.HostMemory;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/** Replaces every {@code auto} of a configuration by what this host has. */
public final class HostDefaults {

    private static final int DNS_PORT = 53;
    private static final int MOST_LINES = 32;
    private static final List<InetAddress> LOOPBACKS =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private HostDefaults() {}

    /**
     * The configuration without {@code auto}.
     *
     * @throws HostException if the host can't be asked, or has what the configuration forbids; the message says what to
     *     configure
     */
    public static Resolved resolve(GatewayConfig config) throws HostException {
        return resolve(config, Optional.empty());
    }

    /**
     * The configuration without {@code auto}, for a gateway that runs: it keeps its resolvers as long as the host has
     * none.
     *
     * @param running what it runs by
     * @throws HostException as {@link #resolve(GatewayConfig)}
     */
    public static Resolved resolve(GatewayConfig config, GatewayConfig running) throws HostException {
        return resolve(config, Optional.of(running));
    }

    private static Resolved resolve(GatewayConfig config, Optional<GatewayConfig> running) throws HostException {
        var host =
                HostAddresses.ofThisHost().except(config.translator().device().name());
        var listening =
                running.map(GatewayConfig::dns64).map(HostDefaults::listening).orElse(List.of());
        var asked =
                running.map(used -> used.dns64().upstreams().servers().given()).orElse(List.of());
        var now =
                new Now(host, ResolvConf.read(), asked, address -> listening.contains(address) || isPortFree(address));
        var resolved = resolve(config, now);
        return new Resolved(
                OwnPool4.of(resolved.config().with(translator(resolved.config(), host, HostMemory.octets())), running),
                resolved.waiting(),
                resolved.reasons());
    }

    private static List<InetAddress> listening(Dns64Config dns64) {
        return dns64.listen().plain().given().stream()
                .filter(endpoint -> endpoint.getPort() == DNS_PORT)
                .map(InetSocketAddress::getAddress)
                .toList();
    }

    /**
     * The host as it is now.
     *
     * @param asked the upstreams of the gateway that runs
     * @param isPortFree whether the DNS64 can listen on an address, or does so
     */
    record Now(
            HostAddresses addresses,
            String resolvConf,
            List<UpstreamServer> asked,
            Predicate<InetAddress> isPortFree) {}

    /**
     * The configuration without {@code auto} in the sizes of tables, for this machine; its addresses are not looked at.
     */
    public static GatewayConfig resolveTables(GatewayConfig config) {
        return config.with(translator(config, new HostAddresses(List.of()), HostMemory.octets()));
    }

    /**
     * As {@link #resolveTables}, and with pool4 for this host.
     *
     * @throws HostException if the host can't be asked
     */
    public static GatewayConfig resolveTranslator(GatewayConfig config) throws HostException {
        return OwnPool4.of(resolveTables(config), Optional.empty());
    }

    /**
     * What {@code auto} stands for in clients and in addresses where DNS is answered, and what not and why, a line
     * each.
     *
     * @throws HostException if the host's addresses can't be listed
     */
    public static List<String> explain(GatewayConfig config) throws HostException {
        return explain(
                config,
                HostAddresses.ofThisHost().except(config.translator().device().name()));
    }

    /** As {@link #explain(GatewayConfig)}, with the host passed in. */
    static List<String> explain(GatewayConfig config, HostAddresses host) {
        var networks = ServedNetworks.of(host);
        var answers =
                config.role().answersDns() && config.dns64().listen().plain().auto();
        var lines = Stream.concat(
                        config.clients().auto() ? networks.whoAndWhy().stream() : Stream.of(),
                        answers ? networks.whereAndWhy().stream() : Stream.of())
                .toList();
        return lines.size() <= MOST_LINES
                ? lines
                : Stream.concat(
                                lines.stream().limit(MOST_LINES),
                                Stream.of("and %d lines more".formatted(lines.size() - MOST_LINES)))
                        .toList();
    }

    /**
     * The configuration without {@code auto} in its clients, for those who run the translator alone.
     *
     * @throws HostException if the host's addresses can't be listed
     */
    public static GatewayConfig resolveClients(GatewayConfig config) throws HostException {
        var host =
                HostAddresses.ofThisHost().except(config.translator().device().name());
        return config.with(clients(config, host), config.dns64());
    }

    /**
     * The configuration without {@code auto} in its clients and upstreams, for those who ask and don't listen.
     *
     * @throws HostException if the host has nothing to offer for it; the message says what to configure
     */
    public static GatewayConfig resolveUpstreams(GatewayConfig config) throws HostException {
        var host =
                HostAddresses.ofThisHost().except(config.translator().device().name());
        var own = config.dns64().listen().plain().auto()
                ? ServedNetworks.of(host).listen()
                : config.dns64().listen().plain().given().stream()
                        .flatMap(address -> own(address, host))
                        .toList();
        var nowhere = new Endpoints(false, List.of(new InetSocketAddress(LOOPBACKS.getFirst(), 0)));
        var dns64 = config.dns64();
        var upstreams = required(upstreams(dns64, ResolvConf.read(), own));
        return config.with(clients(config, host), dns64.with(nowhere, new Resolvers(false, upstreams)));
    }

    /** Where the DNS64 is to listen on a host, whether it can or not. */
    public static List<InetSocketAddress> whereToListen(GatewayConfig config, HostAddresses host) {
        return config.dns64()
                .listen()
                .plain()
                .resolve(onDnsPort(ServedNetworks.of(host).listen()));
    }

    private static List<InetSocketAddress> onDnsPort(List<InetAddress> addresses) {
        return addresses.stream()
                .map(address -> new InetSocketAddress(address, DNS_PORT))
                .toList();
    }

    /**
     * The IPv4 addresses of the host that translates, this one; none if another host does.
     *
     * @throws HostException if they can't be listed
     */
    public static List<Ipv4Prefix> ownIpv4(GatewayConfig config) throws HostException {
        return config.role() == Role.BOTH ? HostAddresses.ofThisHost().ipv4Addresses() : List.of();
    }

    /** As {@link #resolve(GatewayConfig)}, with everything about the host passed in; touches nothing. */
    static Resolved resolve(GatewayConfig config, Now now) throws HostException {
        var waiting = new ArrayList<String>();
        var reasons = new ArrayList<>(explain(config, now.addresses));
        var clients = clients(config, now.addresses);
        if (config.clients().auto() && now.addresses.attachments().isEmpty()) {
            waiting.add("this host has no address yet, and so no clients");
        }
        if (!config.role().answersDns()) {
            return new Resolved(config.with(clients, config.dns64()), waiting, reasons);
        }
        var listen = listen(config.dns64().listen().plain(), now, reasons);
        if (listen.isEmpty()) {
            waiting.add("this host has no address yet where DNS could be answered; or set dns64.listen");
        }
        var own =
                listen.stream().flatMap(address -> own(address, now.addresses)).toList();
        var upstreams = upstreams(config.dns64(), now.resolvConf, own);
        if (upstreams.isEmpty()) {
            waiting.add(ResolvConf.PATH + " names no resolver that could be asked yet; or set dns64.upstreams");
        }
        var dns64 = config.dns64()
                .with(new Endpoints(false, listen), new Resolvers(false, upstreams.isEmpty() ? now.asked : upstreams));
        return new Resolved(config.with(clients, dns64), waiting, reasons);
    }

    /** With tables for a machine with so much memory, and the addresses whose services are not for clients. */
    static TranslatorConfig translator(GatewayConfig config, HostAddresses host, long memoryBytes) {
        var stateful = config.translator().stateful();
        var policy = stateful.policy();
        return config.translator()
                .with(stateful.with(policy.with(policy.destinations().of(host.ipv4Addresses())))
                        .with(stateful.sessionsFor(memoryBytes)));
    }

    /** The host itself is a client, too: by its address on the device. */
    private static Clients clients(GatewayConfig config, HostAddresses host) {
        var clients = config.clients().resolve(ServedNetworks.of(host).clients());
        var own = config.translator().device().address();
        return config.clients().auto()
                ? clients.plus(new Clients(false, List.of(new Ipv6Prefix(own.high(), own.low(), 128)), List.of()))
                : clients;
    }

    /**
     * The upstreams, those of the host included.
     *
     * @param own addresses where this DNS64 would ask itself
     */
    private static List<UpstreamServer> upstreams(Dns64Config config, String resolvConf, List<InetAddress> own)
            throws HostException {
        var resolvers = ResolvConf.resolvers(resolvConf, own).stream()
                .map(resolver -> UpstreamServer.plain(new InetSocketAddress(resolver, DNS_PORT)))
                .toList();
        var upstreams = config.upstreams().servers().resolve(resolvers);
        requireTrustworthy(config.upstreams().dnssec().mode(), upstreams);
        return upstreams;
    }

    private static List<UpstreamServer> required(List<UpstreamServer> upstreams) throws HostException {
        if (upstreams.isEmpty()) {
            throw new HostException(ResolvConf.PATH + " has no resolver that could be asked; set dns64.upstreams");
        }
        return upstreams;
    }

    /** The file could not know them when it was checked. */
    private static void requireTrustworthy(DnssecMode mode, List<UpstreamServer> upstreams) throws HostException {
        for (var upstream : upstreams) {
            if (mode == DnssecMode.TRUST_UPSTREAM_AD && !upstream.isReachedSafely()) {
                throw new HostException(ResolvConf.PATH + " names " + upstream
                        + ", whose AD bit could be forged in transit; set dns64.upstreams, for example to"
                        + " tls://ADDRESS#NAME, or dns64.dnssec.mode to local");
            }
        }
    }

    /** All addresses behind a listener: of a wildcard, those of the host. */
    private static Stream<InetAddress> own(InetSocketAddress listen, HostAddresses host) {
        return listen.getAddress().isAnyLocalAddress()
                ? Stream.concat(host.addresses().stream(), LOOPBACKS.stream())
                : Stream.of(listen.getAddress());
    }

    /** Skips addresses where another program already answers DNS, as on the bridge of a container engine. */
    private static List<InetSocketAddress> listen(Endpoints configured, Now now, List<String> reasons) {
        if (!configured.auto()) {
            return configured.given();
        }
        var addresses = ServedNetworks.of(now.addresses).listen();
        var free = addresses.stream().filter(now.isPortFree).toList();
        addresses.stream()
                .filter(address -> !free.contains(address))
                .map(address -> "no DNS on " + Endpoints.text(address) + ": port 53 is in use there")
                .forEach(reasons::add);
        return configured.resolve(onDnsPort(free));
    }

    /** Ports in use are skipped; missing privileges show up when the DNS64 starts. */
    private static boolean isPortFree(InetAddress address) {
        try (var _ = new DatagramSocket(new InetSocketAddress(address, DNS_PORT))) {
            return true;
        } catch (SocketException e) {
            return !String.valueOf(e.getMessage()).contains("in use");
        }
    }
}
