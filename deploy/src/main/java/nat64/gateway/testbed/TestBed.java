// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/**
 * Three hosts in network namespaces, joined by veth pairs: an IPv6-only client, the gateway, an IPv4-only server. The
 * bed outlives this process unless it is closed; {@link #remove} then takes it away.
 */
public final class TestBed implements AutoCloseable {

    public static final String CLIENT_ADDRESS = "2001:db8:1::2";
    public static final String GATEWAY_IPV6 = "2001:db8:1::1";

    /**
     * The server stands in for the IPv4 Internet. The Well-Known Prefix carries global addresses only (RFC 6052,
     * section 3.1), so no documentation or private range serves; 192.52.193.0/24 is global but set aside for AMT
     * relays (RFC 7450), so that no ordinary host lives there.
     */
    public static final String SERVER_ADDRESS = "192.52.193.2";

    public static final String GATEWAY_IPV4 = "192.52.193.1";
    public static final String READY_URL = "http://127.0.0.1:6464/readyz";
    public static final String METRICS_URL = "http://127.0.0.1:6464/metrics";

    private static final Path CONFIGURATION = Path.of("/etc/nat64");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration END_TIMEOUT = Duration.ofMinutes(1);

    private final String name;
    private final List<Daemon> daemons = new ArrayList<>();
    private boolean closed;
    private final Path directory;
    private final Namespace client;
    private final Namespace gateway;
    private final Namespace server;

    private TestBed(String name) {
        this.name = name;
        directory = Path.of("/run", name);
        client = new Namespace(name + "-client");
        gateway = new Namespace(name + "-gateway");
        server = new Namespace(name + "-server");
    }

    /** Why no bed can be built here for a gateway with a TUN device, if so. */
    public static Optional<String> obstacle() {
        return obstacleWithoutTun()
                .or(() -> Files.exists(Path.of("/dev/net/tun"))
                        ? Optional.empty()
                        : Optional.of(
                                "there is no /dev/net/tun: run 'modprobe tun', or pass the device to the container"));
    }

    /** Why no bed can be built here at all, if so. */
    public static Optional<String> obstacleWithoutTun() {
        var missing = Stream.of("ip", "nft", "ping", "curl", "dig", "traceroute", "setsid", "unshare")
                .filter(tool -> Commands.locate(tool).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("missing tools: " + String.join(", ", missing) + "; deploy/setup installs them");
        }
        if (!mayMakeNamespaces()) {
            return Optional.of("network namespaces need root (use sudo), in a container CAP_SYS_ADMIN as well");
        }
        return Optional.empty();
    }

    private static boolean mayMakeNamespaces() {
        try {
            return Commands.attempt(List.of("unshare", "--net", "--mount", "true"), Duration.ofMinutes(1))
                    .isSuccess();
        } catch (HostException e) {
            return false;
        }
    }

    /**
     * Builds the hosts and their links; nothing runs in them yet.
     *
     * @param name starts the name of every namespace
     * @throws HostException if it can't be built (what was built is removed again), or if there is one of this name
     */
    public static TestBed build(String name) throws HostException {
        var bed = new TestBed(name);
        for (var namespace : bed.namespaces()) {
            if (namespace.exists()) {
                throw new HostException(
                        "the network namespace %s already exists: it is from a bed that was kept or from a run"
                                        .formatted(namespace.name())
                                + " that was killed; remove it with: nat64 demo --remove");
            }
        }
        try {
            bed.build();
            return bed;
        } catch (HostException e) {
            bed.close();
            throw e;
        }
    }

    /** Ends what was started on this bed and removes it. */
    @Override
    public synchronized void close() throws HostException {
        if (closed) {
            return;
        }
        closed = true;
        for (var daemon : daemons) {
            daemon.terminate();
        }
        for (var daemon : daemons) {
            daemon.awaitEnd(END_TIMEOUT);
        }
        remove(name);
    }

    /**
     * Ends every process in the namespaces of a bed and removes all of it.
     *
     * @return whether there was anything
     */
    public static boolean remove(String name) throws HostException {
        var bed = new TestBed(name);
        boolean any = false;
        for (var namespace : bed.namespaces()) {
            if (namespace.exists()) {
                any = true;
                namespace.endProcesses(END_TIMEOUT);
                Commands.run("ip netns delete " + namespace.name());
            }
            Folders.delete(namespace.configuration());
        }
        Folders.delete(bed.directory);
        Folders.deleteIfEmpty(Namespace.CONFIGURATIONS);
        return any;
    }

    public Namespace client() {
        return client;
    }

    public Namespace gateway() {
        return gateway;
    }

    public Namespace server() {
        return server;
    }

    /** All three. */
    public List<Namespace> namespaces() {
        return List.of(client, gateway, server);
    }

    /** Where the logs are, and whatever else belongs to this bed. */
    public Path directory() {
        return directory;
    }

    /** Starts the server's services (see {@link TestServer}) and waits until they answer. */
    public Daemon startServer() throws HostException {
        var daemon = start(server, List.of("demo-server"), "server.log");
        daemon.awaitReady("http://" + SERVER_ADDRESS + "/octets/1", START_TIMEOUT);
        return daemon;
    }

    /** Starts the same services on the client, for those who reach it by its IPv4 address; waits for nothing. */
    public Daemon startServicesOnClient() throws HostException {
        return start(client, List.of("demo-server", "--listen", CLIENT_ADDRESS), "client.log");
    }

    /** Starts {@code nat64 run} with these further arguments. */
    public Daemon startGateway(String... arguments) throws HostException {
        var command = new ArrayList<>(List.of("run"));
        command.addAll(List.of(arguments));
        return start(gateway, command, "gateway.log");
    }

    /** As {@link #startReadyGateway}, with other options of the JVM beside the usual ones. */
    public Daemon startReadyGatewayWith(String javaOptions, String... arguments) throws HostException {
        var command = new ArrayList<>(List.of("run"));
        command.addAll(List.of(arguments));
        var daemon = start(gateway, command, "gateway.log", Map.of("NAT64_JAVA_OPTIONS", javaOptions));
        daemon.awaitReady(READY_URL, START_TIMEOUT);
        return daemon;
    }

    /**
     * Starts {@code nat64 run} on the client; no page of it can be asked there, as the client has no loopback
     * address.
     */
    public Daemon startOnClient(String... arguments) throws HostException {
        var command = new ArrayList<>(List.of("run"));
        command.addAll(List.of(arguments));
        return start(client, command, "client.log");
    }

    /** As {@link #startGateway}, with these further variables in its environment. */
    public Daemon startGatewayWith(Map<String, String> variables, String... arguments) throws HostException {
        var command = new ArrayList<>(List.of("run"));
        command.addAll(List.of(arguments));
        return start(gateway, command, "gateway.log", variables);
    }

    /** As {@link #startGateway}, and waits until it is ready. */
    public Daemon startReadyGateway(String... arguments) throws HostException {
        var daemon = startGateway(arguments);
        daemon.awaitReady(READY_URL, START_TIMEOUT);
        return daemon;
    }

    /**
     * Lets no checksum or segmentation work pass to the links, so that a capture shows what a wire would carry; but
     * lets the gateway gather segments on receipt, as real network cards do.
     */
    public void makeLinksPlain() throws HostException {
        client.run("ethtool -K eth0 tx off rx off");
        gateway.run("ethtool -K clients tx off rx off gro on");
        gateway.run("ethtool -K internet tx off rx off gro on");
        server.run("ethtool -K eth0 tx off rx off");
    }

    private Daemon start(Namespace namespace, List<String> arguments, String log) throws HostException {
        return start(namespace, arguments, log, Map.of());
    }

    private synchronized Daemon start(
            Namespace namespace, List<String> arguments, String log, Map<String, String> variables)
            throws HostException {
        if (closed) {
            throw new HostException("the test bed is being removed");
        }
        var environment = new HashMap<>(variables);
        environment.put("RUNTIME_DIRECTORY", directory.toString());
        var daemon = Daemon.start(namespace, arguments, environment, directory.resolve(log));
        daemons.add(daemon);
        return daemon;
    }

    private synchronized void build() throws HostException {
        for (var namespace : namespaces()) {
            Commands.run("ip netns add " + namespace.name());
        }
        server.set("net/ipv6/conf/all/disable_ipv6", "1");
        server.set("net/ipv6/conf/default/disable_ipv6", "1");

        client.set("net/ipv6/conf/default/accept_dad", "0"); // no second is lost on waiting for a rival
        gateway.set("net/ipv6/conf/default/accept_dad", "0");

        gateway.ip("link set lo up");
        gateway.ip("link add clients type veth peer name eth0 netns " + client.name());
        gateway.ip("link add internet type veth peer name eth0 netns " + server.name());
        gateway.ip("address add " + GATEWAY_IPV6 + "/64 dev clients");
        gateway.ip("address add " + GATEWAY_IPV4 + "/24 dev internet");
        gateway.ip("link set clients up");
        gateway.ip("link set internet up");

        // Not its lo: that would bring 127.0.0.1.
        client.ip("address add " + CLIENT_ADDRESS + "/64 dev eth0");
        client.ip("link set eth0 up");
        client.ip("-6 route add default via " + GATEWAY_IPV6);

        server.ip("link set lo up");
        server.ip("address add " + SERVER_ADDRESS + "/24 dev eth0");
        server.ip("link set eth0 up");

        if (Files.exists(CONFIGURATION)) {
            Folders.create(gateway.configuration().resolve("nat64")); // hides this host's own configuration
        }
        writeResolvConf(client, GATEWAY_IPV6);
        writeResolvConf(gateway, SERVER_ADDRESS);
        writeResolvConf(server, SERVER_ADDRESS);
        Folders.create(directory);
    }

    private static void writeResolvConf(Namespace namespace, String resolver) throws HostException {
        Folders.create(namespace.configuration());
        Folders.write(namespace.configuration().resolve("resolv.conf"), "nameserver " + resolver + "\n");
    }
}
