// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.translator.log.LogServer.Transport;

/** How servers that take records are written. */
final class LogServers {

    private static final Pattern URL =
            Pattern.compile("([a-z]+)://(\\[[^\\]]*]|[^/#:\\[\\]]*)(?::([^/#:]*))?(?:#(.*))?");
    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)(?!.*\\.[0-9]+$)(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\\.[A-Za-z0-9-]{1,63})*");

    private LogServers() {}

    /** {@code udp://192.0.2.1}, {@code tcp://[2001:db8::1]:514}, {@code tls://192.0.2.1#logs.example.org}, none. */
    static Format<Optional<LogServer>> orNone(String example, Map<Transport, Integer> ports) {
        return Formats.orNone(Format.of(example, text -> server(text, example, ports)));
    }

    private static LogServer server(String text, String example, Map<Transport, Integer> ports) {
        var url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException(text + " is not a server; write for example " + example);
        }
        var transport = transport(url.group(1), ports);
        var host = host(url.group(2), example);
        var port = url.group(3);
        return new LogServer(
                transport,
                host,
                port == null
                        ? port(ports, transport)
                        : Formats.integer(1, 65_535).parse(port),
                name(url, transport, host));
    }

    private static Transport transport(String word, Map<Transport, Integer> ports) {
        return Arrays.stream(Transport.values())
                .filter(candidate -> ports.containsKey(candidate) && word.equals(word(candidate)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word + ":// is not a way to this server; write "
                        + Arrays.stream(Transport.values())
                                .filter(ports::containsKey)
                                .map(candidate -> word(candidate) + "://")
                                .collect(Collectors.joining(" or "))));
    }

    private static String word(Transport transport) {
        return transport.name().toLowerCase(Locale.ROOT);
    }

    private static int port(Map<Transport, Integer> ports, Transport transport) {
        return ports.getOrDefault(transport, 0); // never 0: a transport without a port was refused
    }

    /** An address as it is written canonically, or a name. */
    private static String host(String text, String example) {
        if (HOST_NAME.matcher(text).matches()) {
            return text;
        }
        var address = AddressFormats.socket(text, 1).getAddress();
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            throw new IllegalArgumentException(text + " is not the address of one host; write for example " + example);
        }
        return Endpoints.text(address);
    }

    private static String name(Matcher url, Transport transport, String host) {
        var name = url.group(4);
        if (name == null) {
            return host;
        }
        if (transport != Transport.TLS) {
            throw new IllegalArgumentException(
                    "#" + name + " is the name in a certificate, which only tls:// has; leave it out");
        }
        if (!HOST_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a host name; write the name in the certificate, such as #logs.example.org");
        }
        return name;
    }
}
