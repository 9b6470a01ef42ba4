// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.binding;

import java.util.Map;
import java.util.function.Function;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.translator.address.Ipv4Address;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.table.Protocol;

/**
 * A static binding as an operator writes it outside of a configuration file, by the names and in the forms of {@code
 * translator.static-bindings}. Every method throws IllegalArgumentException with what would be right.
 */
public final class BindingText {

    private static final Format<Protocol> PROTOCOL = Formats.oneOf(Protocol.class);

    private BindingText() {}

    /** A binding, with {@link TransportAddress#FIRST_OF_POOL4} for the IPv4 address {@code auto}. */
    public static StaticBinding binding(Map<String, String> values) {
        var inside = value(values, "ipv6", TransportAddress.IPV6::parse);
        var outside = outside(values);
        return new StaticBinding(outside.protocol(), inside.address(), inside.port(), outside.ipv4(), outside.port());
    }

    /** The side of pool4 alone, which names a binding. */
    public static StaticBinding.Outside outside(Map<String, String> values) {
        var protocol = value(values, "protocol", PROTOCOL::parse);
        var outside = value(values, "ipv4", TransportAddress.IPV4::parse);
        return new StaticBinding.Outside(protocol, outside.address(), outside.port());
    }

    /** A binding for people, in the same forms. */
    public static String format(StaticBinding binding) {
        return "%s %s:%d [%s]:%d"
                .formatted(
                        binding.protocol().label(),
                        ipv4(binding),
                        binding.ipv4Port(),
                        binding.ipv6(),
                        binding.ipv6Port());
    }

    /** A binding as the values of a table, by column; what {@link #binding} reads. */
    public static Map<String, String> values(StaticBinding binding) {
        return Map.of(
                "protocol", binding.protocol().label(),
                "ipv6", "[%s]:%d".formatted(binding.ipv6(), binding.ipv6Port()),
                "ipv4", "%s:%d".formatted(ipv4(binding), binding.ipv4Port()));
    }

    private static String ipv4(StaticBinding binding) {
        return binding.ipv4() == TransportAddress.FIRST_OF_POOL4 ? Formats.AUTO : Ipv4Address.format(binding.ipv4());
    }

    private static <T> T value(Map<String, String> values, String name, Function<String, T> parser) {
        var text = values.get(name);
        if (text == null) {
            throw new IllegalArgumentException("the parameter '" + name + "' is missing");
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the parameter '%s': %s".formatted(name, e.getMessage()), e);
        }
    }
}
