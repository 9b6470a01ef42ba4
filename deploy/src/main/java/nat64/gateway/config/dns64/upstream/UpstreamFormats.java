// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.NameFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import org.xbill.DNS.Name;

/** How resolvers are written, and what belongs to them. */
final class UpstreamFormats {

    private static final int DNS_PORT = 53;
    private static final int TLS_PORT = 853;
    private static final int HTTPS_PORT = 443;
    private static final Pattern URI = Pattern.compile("(tcp|tls|https)://([^/#]+)(/[^#]*)?(?:#(.*))?");
    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    /** {@code 192.0.2.1}, {@code fe80::1%eth0}, {@code tcp://192.0.2.1}, {@code tls://192.0.2.1#dns.example}. */
    static final Format<UpstreamServer> SERVER =
            Format.of("192.0.2.1, \"tls://192.0.2.1:853#dns.example\"", UpstreamFormats::server);

    /** The same, {@code auto} included. */
    static final Format<Resolvers> RESOLVERS = Format.of(
            SERVER.example(),
            text -> text.equals(Formats.AUTO)
                    ? new Resolvers(true, List.of())
                    : new Resolvers(false, List.of(SERVER.parse(text))));

    static final Format<Name> ZONE = NameFormats.DOMAIN.withExamples("corp.example");

    private UpstreamFormats() {}

    private static UpstreamServer server(String text) {
        if (!text.contains("://")) {
            var address = AddressFormats.socket(text, DNS_PORT);
            return checked(UpstreamServer.plain(address));
        }
        var uri = URI.matcher(text);
        if (!uri.matches()) {
            throw refusal(text + " is not an upstream; write an address, tcp://ADDRESS, tls://ADDRESS#NAME or"
                    + " https://ADDRESS/PATH#NAME");
        }
        if (uri.group(1).equals("tcp")) {
            return overTcp(text, uri);
        }
        boolean https = uri.group(1).equals("https");
        if (https == (uri.group(3) == null)) {
            throw refusal(
                    https
                            ? text + " has no path; write for example https://192.0.2.1/dns-query#dns.example"
                            : text + " has a path; write for example tls://192.0.2.1#dns.example");
        }
        var name = uri.group(4) == null ? "" : uri.group(4);
        if (uri.group(4) != null && !HOST_NAME.matcher(name).matches()) {
            throw refusal("'" + name + "' is not a host name; write the name in the certificate, such as #dns.example");
        }
        if (HOST_NAME.matcher(uri.group(2)).matches()
                && !Character.isDigit(uri.group(2).charAt(0))) {
            throw refusal(uri.group(2) + " is a name, which cannot be looked up; write the address, and the name after"
                    + " a '#', such as tls://192.0.2.1#dns.example");
        }
        var address = AddressFormats.socket(uri.group(2), https ? HTTPS_PORT : TLS_PORT);
        return checked(https ? UpstreamServer.https(address, name, uri.group(3)) : UpstreamServer.tls(address, name));
    }

    private static UpstreamServer overTcp(String text, Matcher uri) {
        if (uri.group(3) != null || uri.group(4) != null) {
            throw refusal(
                    text + " has a path or a name, which only tls and https have; write for example tcp://192.0.2.1");
        }
        return checked(UpstreamServer.tcp(AddressFormats.socket(uri.group(2), DNS_PORT)));
    }

    private static UpstreamServer checked(UpstreamServer server) {
        var address = server.address().getAddress();
        if (address.isMulticastAddress()) {
            throw refusal(address.getHostAddress() + " is a multicast address, not the address of one host");
        }
        if (address.isAnyLocalAddress()) {
            throw refusal("an upstream needs an address, not " + address.getHostAddress());
        }
        return server;
    }

    private static IllegalArgumentException refusal(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
