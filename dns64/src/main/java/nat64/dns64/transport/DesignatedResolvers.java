// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nat64.dns64.settings.TlsSettings;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.TextParseException;

/**
 * The records that tell clients of plain DNS over which encrypted transports they can ask the same server (RFC 9462,
 * section 4; RFC 9461). Pure.
 */
public final class DesignatedResolvers {

    private static final Name OWNER = Name.fromConstantString("_dns.resolver.arpa.");
    private static final long TTL_SECONDS = 300; // soon forgotten when the transports change

    private DesignatedResolvers() {}

    /**
     * One record for each transport and port, HTTPS first; none if the server has no name, which clients need to check
     * its certificate.
     */
    public static List<SVCBRecord> of(TlsSettings settings) {
        var records = new ArrayList<SVCBRecord>();
        if (settings.name().isEmpty()) {
            return records;
        }
        var name = settings.name().get();
        byPort(settings.https()).forEach((port, addresses) -> {
            var parameters = parameters(port, addresses, "h2", "http/1.1");
            byte[] template = (settings.path() + "{?dns}").getBytes(StandardCharsets.UTF_8);
            parameters.add(new SVCBBase.ParameterUnknown(SVCBBase.DOHPATH, template));
            records.add(record(records.size() + 1, name, parameters));
        });
        byPort(settings.listen())
                .forEach((port, addresses) ->
                        records.add(record(records.size() + 1, name, parameters(port, addresses, "dot"))));
        return records;
    }

    private static SVCBRecord record(int priority, Name name, List<SVCBBase.ParameterBase> parameters) {
        return new SVCBRecord(OWNER, DClass.IN, TTL_SECONDS, priority, name, parameters);
    }

    private static List<SVCBBase.ParameterBase> parameters(int port, List<InetAddress> addresses, String... protocols) {
        var parameters = new ArrayList<SVCBBase.ParameterBase>();
        try {
            parameters.add(new SVCBBase.ParameterAlpn(List.of(protocols)));
        } catch (TextParseException e) {
            throw new IllegalStateException(e); // the names of protocols are constants
        }
        parameters.add(new SVCBBase.ParameterPort(port));
        var v4 = only(Inet4Address.class, addresses);
        if (!v4.isEmpty()) {
            parameters.add(new SVCBBase.ParameterIpv4Hint(v4));
        }
        var v6 = only(Inet6Address.class, addresses);
        if (!v6.isEmpty()) {
            parameters.add(new SVCBBase.ParameterIpv6Hint(v6));
        }
        return parameters;
    }

    /** Addresses that clients can use, by port. A listener on all addresses tells none. */
    private static Map<Integer, List<InetAddress>> byPort(List<InetSocketAddress> listeners) {
        var ports = new TreeMap<Integer, List<InetAddress>>();
        for (var listener : listeners) {
            var addresses = ports.computeIfAbsent(listener.getPort(), _ -> new ArrayList<>());
            if (!listener.getAddress().isAnyLocalAddress()) {
                addresses.add(listener.getAddress());
            }
        }
        return ports;
    }

    private static <T extends InetAddress> List<T> only(Class<T> family, List<InetAddress> addresses) {
        return addresses.stream().filter(family::isInstance).map(family::cast).toList();
    }
}
