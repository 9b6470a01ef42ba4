// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.doctor.network.ClientHost;
import nat64.gateway.doctor.network.ClientHost.AddressType;
import nat64.gateway.doctor.network.DnsReply;
import nat64.translator.address.Pref64;

/** What each resolver of the host said of {@code ipv4only.arpa} (RFC 7050). */
record Discovery(List<Answer> answers) {

    static final int DNS_PORT = 53;

    /** What one resolver said. */
    record Answer(InetAddress resolver, DnsReply reply) {

        boolean isSilent() {
            return reply instanceof DnsReply.Silence;
        }

        Pref64Search search() {
            return reply instanceof DnsReply.Addresses(var addresses, var _)
                    ? Pref64Search.in(addresses)
                    : Pref64Search.in(List.of());
        }

        /** The address as RFC 5952 writes it. */
        String server() {
            return Endpoints.text(resolver);
        }
    }

    /** Asks all resolvers. */
    static Discovery by(ClientHost host) {
        var answers = new ArrayList<Answer>();
        for (var resolver : host.resolvers()) {
            var server = new InetSocketAddress(resolver, DNS_PORT);
            answers.add(new Answer(resolver, host.ask(server, ClientOptions.WELL_KNOWN_NAME, AddressType.AAAA)));
        }
        return new Discovery(answers);
    }

    /** Those who answered, with whatever. */
    List<Answer> answering() {
        return answers.stream().filter(answer -> !answer.isSilent()).toList();
    }

    /** The first resolver that answers: programs wait for those before it, and then ask this one. */
    Optional<InetSocketAddress> resolver() {
        return answering().stream()
                .map(answer -> new InetSocketAddress(answer.resolver, DNS_PORT))
                .findFirst();
    }

    /** The Pref64s that any of them makes AAAA records with. */
    List<Pref64> pref64s() {
        var found = new LinkedHashSet<Pref64>();
        answers.forEach(answer -> found.addAll(answer.search().pref64s()));
        return List.copyOf(found);
    }
}
