// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import nat64.gateway.auto.ResolvConf;
import nat64.gateway.doctor.KernelSetting;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv6Address;

/** The host on which this program runs. */
public final class ThisClient implements ClientHost {

    private static final Path ROUTES = Path.of("/proc/self/net");
    private static final int USUAL_MTU = 1500;
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int ECHO_REQUESTS = 3;

    private final CompletableFuture<Advertisements> advertisements = CompletableFuture.supplyAsync(
            RouterListener::listen, task -> Thread.ofPlatform().daemon().start(task));

    @Override
    public Links links() {
        var ipv6Route = DefaultRoutes.ipv6(lines("ipv6_route"));
        var ipv6 = new ArrayList<Links.Address>();
        var ipv4 = new ArrayList<Links.Address>();
        for (var link : interfaces()) {
            link.inetAddresses().filter(ThisClient::isGlobal).forEach(address -> {
                var text = new Links.Address(text(address), link.getName());
                if (address instanceof Inet6Address) {
                    ipv6.add(text);
                } else {
                    ipv4.add(text);
                }
            });
        }
        ipv6Route.ifPresent(first -> ipv6.sort(
                (a, b) -> Boolean.compare(!a.link().equals(first), !b.link().equals(first))));
        return new Links(
                ipv6,
                ipv4,
                ipv6Route,
                DefaultRoutes.ipv4(lines("route")),
                ipv6Route.map(ThisClient::mtu).orElse(USUAL_MTU));
    }

    private static List<NetworkInterface> interfaces() {
        try {
            return NetworkInterface.networkInterfaces().toList();
        } catch (SocketException _) {
            return List.of(); // a host without a link
        }
    }

    private static boolean isGlobal(InetAddress address) {
        return !address.isLoopbackAddress() && !address.isLinkLocalAddress() && !address.isMulticastAddress();
    }

    private static String text(InetAddress address) {
        return address instanceof Inet6Address
                ? Ipv6Address.ofBytes(address.getAddress()).toString()
                : address.getHostAddress();
    }

    /** It may be less than that of the link: routers announce it (RFC 4861, section 4.6.4). */
    private static int mtu(String link) {
        return (int) KernelSetting.number("net/ipv6/conf/" + link + "/mtu").orElse(USUAL_MTU);
    }

    private static Stream<String> lines(String table) {
        try {
            return Files.readAllLines(ROUTES.resolve(table)).stream();
        } catch (IOException _) {
            return Stream.empty(); // without this IP version
        }
    }

    @Override
    public List<InetAddress> resolvers() {
        try {
            return ResolvConf.resolvers(ResolvConf.read(), List.of());
        } catch (HostException _) {
            return List.of();
        }
    }

    @Override
    public DnsReply ask(InetSocketAddress server, String name, AddressType type) {
        return DnsQuery.ask(server, name, type);
    }

    @Override
    public Reply ping(Ipv6Address destination, int bytes) {
        var command = PingProgram.command(destination, bytes);
        Reply reply = new Reply.Missing("nothing was sent");
        try {
            for (int sent = 0; sent < ECHO_REQUESTS && reply instanceof Reply.Missing; sent++) {
                var result = Commands.attempt(command, Commands.TIMEOUT);
                reply = PingProgram.read(result.exitCode(), result.output());
            }
            return reply;
        } catch (HostException _) {
            return new Reply.Impossible("the command ping is missing: install the package iputils-ping");
        }
    }

    @Override
    public Reply connect(InetSocketAddress destination) {
        long began = System.nanoTime();
        try (var socket = new Socket()) {
            socket.connect(destination, Math.toIntExact(CONNECTING.toMillis()));
            return new Reply.Came(Duration.ofNanos(System.nanoTime() - began));
        } catch (SocketTimeoutException _) {
            return new Reply.Missing("no answer within %d s".formatted(CONNECTING.toSeconds()));
        } catch (ConnectException e) {
            var why = String.valueOf(e.getMessage());
            return why.contains("refused") ? new Reply.Refused() : new Reply.Missing(why);
        } catch (IOException e) {
            return new Reply.Missing(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Advertisements advertisements() {
        return advertisements.join();
    }
}
