// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces every {@code auto} of a configuration by what this host has. */
public final class HostDefaults {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int DNS_PORT = 53;
    private static final int MOST_LINES = 32;
    private static final List<InetAddress> LOOPBACKS =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private HostDefaults() {}

    /**
     * The configuration without {@code auto}.
     *
     * @throws HostException if the host has nothing to offer for it; the message says what to configure
     */
    public static GatewayConfig resolve(GatewayConfig config) throws HostException {
        var host =
                HostAddresses.ofThisHost().except(config.translator().device().name());
        var resolved = resolve(config, host, resolvConf(), HostDefaults::isPortFree);
        return resolved.with(translator(resolved, host, HostMemory.octets()));
    }

    /**
     * The configuration without {@code auto} in the sizes of tables, for this machine; its addresses are not looked at.
     */
    public static GatewayConfig resolveTables(GatewayConfig config) {
        return config.with(translator(config, new HostAddresses(List.of()), HostMemory.octets()));
    }

    /**
     * The configuration without {@code auto}, for a DNS64 that listens already.
     *
     * @param running what it runs by
     * @throws HostException if the host has nothing to offer for it; the message says what to configure
     */
    public static GatewayConfig resolve(GatewayConfig config, GatewayConfig running) throws HostException {
        var host =
                HostAddresses.ofThisHost().except(config.translator().device().name());
        var listen = running.dns64().listen().plain().given();
        var resolved = config.with(
                clients(config, host),
                config.role().answersDns() ? dns64(config.dns64(), host, resolvConf(), listen) : config.dns64());
        return resolved.with(translator(resolved, host, HostMemory.octets()));
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
        return config.with(
                clients(config, host), dns64.with(nowhere, new Resolvers(false, upstreams(dns64, resolvConf(), own))));
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
    static GatewayConfig resolve(
            GatewayConfig config, HostAddresses host, String resolvConf, Predicate<InetAddress> isPortFree)
            throws HostException {
        var clients = clients(config, host);
        var dns64 = config.dns64();
        return config.with(
                clients,
                config.role().answersDns()
                        ? dns64(dns64, host, resolvConf, listen(dns64.listen().plain(), host, isPortFree))
                        : dns64);
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

    private static Dns64Config dns64(
            Dns64Config config, HostAddresses host, String resolvConf, List<InetSocketAddress> listen)
            throws HostException {
        var own = listen.stream().flatMap(address -> own(address, host)).toList();
        var upstreams = upstreams(config, resolvConf, own);
        return config.with(new Endpoints(false, listen), new Resolvers(false, upstreams));
    }

    /**
     * The upstreams, those of the host included.
     *
     * @param own addresses where this DNS64 would ask itself
     */
    private static List<UpstreamServer> upstreams(Dns64Config config, String resolvConf, List<InetAddress> own)
            throws HostException {
        var resolvers = HostAddresses.resolvers(resolvConf, own).stream()
                .map(resolver -> UpstreamServer.plain(new InetSocketAddress(resolver, DNS_PORT)))
                .toList();
        var upstreams = config.upstreams().servers().resolve(resolvers);
        if (upstreams.isEmpty()) {
            throw new HostException(RESOLV_CONF + " has no resolver that could be asked; set dns64.upstreams");
        }
        requireTrustworthy(config.upstreams().dnssec().mode(), upstreams);
        return upstreams;
    }

    /** The file could not know them when it was checked. */
    private static void requireTrustworthy(DnssecMode mode, List<UpstreamServer> upstreams) throws HostException {
        for (var upstream : upstreams) {
            if (mode == DnssecMode.TRUST_UPSTREAM_AD && !upstream.isReachedSafely()) {
                throw new HostException(RESOLV_CONF + " names " + upstream
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
    private static List<InetSocketAddress> listen(
            Endpoints configured, HostAddresses host, Predicate<InetAddress> isPortFree) throws HostException {
        if (!configured.auto()) {
            return configured.given();
        }
        var addresses = ServedNetworks.of(host).listen();
        var free = addresses.stream().filter(isPortFree).toList();
        if (free.size() < addresses.size()) {
            var taken = addresses.stream()
                    .filter(address -> !free.contains(address))
                    .map(InetAddress::getHostAddress)
                    .toList();
            LOG.warn("port 53 is already in use on {}; the DNS64 does not listen there", String.join(", ", taken));
        }
        var listen = configured.resolve(free.stream()
                .map(address -> new InetSocketAddress(address, DNS_PORT))
                .toList());
        if (listen.isEmpty()) {
            throw new HostException("no address of this host that `auto` stands for has port 53 free for the DNS64; set"
                    + " dns64.listen, or role: translator");
        }
        return listen;
    }

    /** Ports in use are skipped; missing privileges show up when the DNS64 starts. */
    private static boolean isPortFree(InetAddress address) {
        try (var _ = new DatagramSocket(new InetSocketAddress(address, DNS_PORT))) {
            return true;
        } catch (SocketException e) {
            return !String.valueOf(e.getMessage()).contains("in use");
        }
    }

    private static String resolvConf() throws HostException {
        try {
            return Files.exists(RESOLV_CONF) ? Files.readString(RESOLV_CONF) : "";
        } catch (IOException e) {
            throw new HostException("cannot read " + RESOLV_CONF + ": " + e.getMessage(), e);
        }
    }
}
