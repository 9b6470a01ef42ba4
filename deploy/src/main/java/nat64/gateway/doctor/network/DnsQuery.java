// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import nat64.gateway.doctor.network.ClientHost.AddressType;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A question to one server, as a stub resolver asks it (RFC 1035). */
final class DnsQuery {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int SENDINGS = 3;

    private DnsQuery() {}

    static DnsReply ask(InetSocketAddress server, String name, AddressType type) {
        var question = question(name, type);
        var resolver = new SimpleResolver(server);
        resolver.setTimeout(TIMEOUT);
        var why = "";
        for (int sent = 0; sent < SENDINGS; sent++) {
            long began = System.nanoTime();
            try {
                var answer = resolver.send(Message.newQuery(question));
                return reply(answer, Duration.ofNanos(System.nanoTime() - began));
            } catch (UnsupportedAddressTypeException _) {
                return new DnsReply.Silence("this host has no IPv6"); // without an address, the JVM leaves it out
            } catch (IOException e) {
                why = why(e);
            }
        }
        return new DnsReply.Silence(why);
    }

    /** @throws IllegalArgumentException if it is not a name */
    private static Record question(String name, AddressType type) {
        try {
            return Record.newRecord(
                    Name.fromString(name, Name.root), type == AddressType.A ? Type.A : Type.AAAA, DClass.IN);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'%s' is not a domain name: %s".formatted(name, e.getMessage()), e);
        }
    }

    static DnsReply reply(Message answer, Duration roundTrip) {
        return answer.getRcode() == Rcode.NOERROR
                ? new DnsReply.Addresses(addresses(answer), roundTrip)
                : new DnsReply.Rejection(Rcode.string(answer.getRcode()), roundTrip);
    }

    private static List<InetAddress> addresses(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .flatMap(record -> switch (record) {
                    case AAAARecord aaaa -> Stream.of(aaaa.getAddress());
                    case ARecord a -> Stream.of(a.getAddress());
                    default -> Stream.<InetAddress>empty();
                })
                .toList();
    }

    private static String why(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.toLowerCase(Locale.ROOT).contains("timed out")
                ? "no answer within %d s".formatted(SENDINGS * TIMEOUT.toSeconds())
                : message;
    }
}
