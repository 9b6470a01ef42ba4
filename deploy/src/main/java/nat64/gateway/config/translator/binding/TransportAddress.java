// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.binding;

import java.util.function.Function;
import java.util.regex.Pattern;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;

/**
 * An address with a port, as the file writes it; of ICMP the port is an identifier.
 *
 * @param address an IPv4 address is an {@code int}; {@code auto} is {@link #FIRST_OF_POOL4}
 */
public record TransportAddress<A>(A address, int port) {

    /** In the place of the address of a static binding: the first address of pool4. */
    public static final int FIRST_OF_POOL4 = 0;

    public static final Format<TransportAddress<Ipv6Address>> IPV6 =
            format("\"[2001:db8::5]:80\"", Pattern.compile("\\[([^\\]]+)]:(\\d{1,5})"), AddressFormats.HOST::parse);
    public static final Format<TransportAddress<Integer>> IPV4 =
            format("203.0.113.1:80", Pattern.compile("([^:]+):(\\d{1,5})"), TransportAddress::ipv4);

    private static int ipv4(String address) {
        return address.equals(Formats.AUTO) ? FIRST_OF_POOL4 : Ipv4Address.parse(address);
    }

    private static <A> Format<TransportAddress<A>> format(String example, Pattern form, Function<String, A> reader) {
        var port = Formats.integer(1, 65_535);
        return Format.of(example, text -> {
            var parts = form.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException(text + " is not an address with a port");
            }
            return new TransportAddress<>(reader.apply(parts.group(1)), port.parse(parts.group(2)));
        });
    }
}
