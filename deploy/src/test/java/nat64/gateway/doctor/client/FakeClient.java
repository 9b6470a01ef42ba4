// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import nat64.gateway.doctor.network.Advertisements;
import nat64.gateway.doctor.network.ClientHost;
import nat64.gateway.doctor.network.DnsReply;
import nat64.gateway.doctor.network.Links;
import nat64.gateway.doctor.network.Reply;
import nat64.translator.address.Ipv6Address;

/** A host behind a gateway where all is well, until a test changes a part of it. */
final class FakeClient implements ClientHost {

    static final Duration QUICK = Duration.ofMillis(2);
    static final String RESOLVER = "2001:db8:1::1";
    static final String NAME = "ipv4only.example.org";

    private static final DnsReply NOTHING = new DnsReply.Silence("no answer within 6 s");

    Links links = new Links(
            List.of(new Links.Address("2001:db8:1::2", "eth0")),
            List.of(),
            Optional.of("eth0"),
            Optional.empty(),
            1500);
    List<InetAddress> resolvers = List.of(InetAddress.ofLiteral(RESOLVER));
    final Map<String, DnsReply> answers = new HashMap<>();
    IntFunction<Reply> ping = _ -> new Reply.Came(QUICK);
    Reply tcp = new Reply.Came(QUICK);
    Reply ipv4 = new Reply.Missing("no route leads there");
    Advertisements advertisements = new Advertisements.Unknown("only root hears router advertisements");

    FakeClient() {
        answer(RESOLVER, "ipv4only.arpa", AddressType.AAAA, "64:ff9b::c000:aa", "64:ff9b::c000:ab");
        answer(RESOLVER, NAME, AddressType.AAAA, "64:ff9b::c034:c102");
        answer(RESOLVER, NAME, AddressType.A, "192.52.193.2");
        answer("64:ff9b::c034:c102", "ipv4only.arpa", AddressType.A, "192.0.0.170", "192.0.0.171");
    }

    /** What a server answers from now on. */
    void answer(String server, String name, AddressType type, String... addresses) {
        say(
                server,
                name,
                type,
                new DnsReply.Addresses(
                        Stream.of(addresses).map(InetAddress::ofLiteral).toList(), QUICK));
    }

    void say(String server, String name, AddressType type, DnsReply reply) {
        answers.put(key(InetAddress.ofLiteral(server), name, type), reply);
    }

    private static String key(InetAddress server, String name, AddressType type) {
        return server.getHostAddress() + " " + name + " " + type;
    }

    @Override
    public Links links() {
        return links;
    }

    @Override
    public List<InetAddress> resolvers() {
        return resolvers;
    }

    @Override
    public DnsReply ask(InetSocketAddress server, String name, AddressType type) {
        return answers.getOrDefault(key(server.getAddress(), name, type), NOTHING);
    }

    @Override
    public Reply ping(Ipv6Address destination, int bytes) {
        return ping.apply(bytes);
    }

    @Override
    public Reply connect(InetSocketAddress destination) {
        return destination.getAddress().getAddress().length == 4 ? ipv4 : tcp;
    }

    @Override
    public Advertisements advertisements() {
        return advertisements;
    }
}
