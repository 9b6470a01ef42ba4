// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import nat64.gateway.doctor.network.ClientHost;
import nat64.gateway.doctor.network.ClientHost.AddressType;
import nat64.gateway.doctor.network.DnsReply;
import nat64.gateway.doctor.network.Links;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import org.jspecify.annotations.Nullable;

/** What the checks have in common: it is asked for once, when the first of them needs it. For one thread. */
final class ClientView {

    /** The bytes of a packet that fits everywhere (RFC 8200, section 5). */
    static final int SMALL_PACKET = 104;

    /** A thread for each: they wait at the same time. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private final ClientHost host;
    private final ClientOptions options;
    private final Once<Links> links;
    private final Once<Discovery> discovery;
    private final Once<Optional<Journey>> journey = new Once<>(this::travel);

    ClientView(ClientHost host, ClientOptions options) {
        this.host = host;
        this.options = options;
        this.links = new Once<>(host::links);
        this.discovery = new Once<>(() -> Discovery.by(host));
    }

    /** A value that is asked for once, and kept. */
    private static final class Once<T> {

        private final Supplier<T> source;
        private @Nullable T value;

        Once(Supplier<T> source) {
            this.source = source;
        }

        T get() {
            var known = value;
            if (known == null) {
                known = source.get();
                value = known;
            }
            return known;
        }
    }

    ClientHost host() {
        return host;
    }

    ClientOptions options() {
        return options;
    }

    Links links() {
        return links.get();
    }

    Discovery discovery() {
        return discovery.get();
    }

    /** What came back through the NAT64; nothing if nothing could be sent. */
    Optional<Journey> journey() {
        return journey.get();
    }

    /** The IPv4 address of the target, as {@code int}: given, or by the resolver. */
    OptionalInt targetAddress() {
        var target = options.target();
        return target.literal().isPresent() ? target.literal() : address(target.host());
    }

    private OptionalInt address(String name) {
        return discovery()
                .resolver()
                .map(resolver -> host.ask(resolver, name, AddressType.A))
                .filter(DnsReply.Addresses.class::isInstance)
                .map(DnsReply.Addresses.class::cast)
                .stream()
                .flatMap(reply -> reply.addresses().stream())
                .filter(Inet4Address.class::isInstance)
                .mapToInt(address -> ByteBuffer.wrap(address.getAddress()).getInt())
                .findFirst();
    }

    /** Without an IPv6 address, the JVM may not even have IPv6 sockets. */
    private Optional<Journey> travel() {
        var address = links().ipv6().isEmpty() ? OptionalInt.empty() : targetAddress();
        return address.isPresent() ? Optional.of(travel(address.getAsInt())) : Optional.empty();
    }

    private Journey travel(int address) {
        var known = options.pref64().or(() -> discovery().pref64s().stream().findFirst());
        var pref64 = known.orElse(Pref64.WELL_KNOWN);
        var target = pref64.embed(address);
        int port = options.target().port();
        var resolver = at(pref64.embed(options.resolver()), Discovery.DNS_PORT);
        var ping = CompletableFuture.supplyAsync(() -> host.ping(target, SMALL_PACKET), THREADS);
        var tcp = CompletableFuture.supplyAsync(() -> host.connect(at(target, port)), THREADS);
        var udp = CompletableFuture.supplyAsync(
                () -> host.ask(resolver, ClientOptions.WELL_KNOWN_NAME, AddressType.A), THREADS);
        return new Journey(pref64, known.isEmpty(), target, ping.join(), tcp.join(), udp.join());
    }

    static InetSocketAddress at(Ipv6Address address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.bytes()), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("an IPv6 address has 16 bytes", e);
        }
    }
}
