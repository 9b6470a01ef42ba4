// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.translator.address.Ipv4Prefix;

/** An address with a port, as the file writes it; of ICMP the port is an identifier. IPv4 takes {@code auto}, too. */
record TransportAddress(String address, int port) {

    static final Format<TransportAddress> IPV6 = Format.of(
            "\"[2001:db8::5]:80\"",
            text -> parse(text, "\\[([^\\]]+)]:(\\d{1,5})", address -> AddressFormats.HOST.parse(address)));
    static final Format<TransportAddress> IPV4 =
            Format.of("203.0.113.1:80", text -> parse(text, "([^:]+):(\\d{1,5})", TransportAddress::checkIpv4));

    boolean isAuto() {
        return address.equals(Formats.AUTO);
    }

    private static void checkIpv4(String address) {
        if (!address.equals(Formats.AUTO)) {
            Ipv4Prefix.parse(address + "/32");
        }
    }

    private static TransportAddress parse(String text, String form, Consumer<String> check) {
        var parts = Pattern.compile(form).matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text + " is not an address with a port");
        }
        check.accept(parts.group(1));
        return new TransportAddress(parts.group(1), Formats.integer(1, 65_535).parse(parts.group(2)));
    }
}
