// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import java.util.ArrayList;
import java.util.List;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;

/**
 * Neighboring octets of an IPv6 address that mean one thing (RFC 6052, section 2.2).
 *
 * @param part {@code prefix}, {@code ipv4}, {@code u} (bits 64 to 71, zero) or {@code suffix}
 * @param octets two hexadecimal digits each
 */
public record AddressPart(String part, List<String> octets) {

    private static final int OCTETS = 16;
    private static final int U = 8;
    private static final int IPV4_OCTETS = 4;

    public AddressPart {
        octets = List.copyOf(octets);
    }

    /** The parts of an address inside a Pref64, in their order; 16 octets together. */
    static List<AddressPart> of(Ipv6Address address, Pref64 pref64) {
        var parts = new ArrayList<AddressPart>();
        int prefix = pref64.prefix().length() / Byte.SIZE;
        int ipv4Left = IPV4_OCTETS;
        for (int i = 0; i < OCTETS; i++) {
            boolean isU = i == U && prefix <= U;
            var part = i < prefix ? "prefix" : isU ? "u" : ipv4Left > 0 ? "ipv4" : "suffix";
            ipv4Left -= part.equals("ipv4") ? 1 : 0;
            add(parts, part, octet(address, i));
        }
        return parts;
    }

    private static void add(List<AddressPart> parts, String part, String octet) {
        if (!parts.isEmpty() && parts.getLast().part.equals(part)) {
            var octets = new ArrayList<>(parts.removeLast().octets);
            octets.add(octet);
            parts.add(new AddressPart(part, octets));
        } else {
            parts.add(new AddressPart(part, List.of(octet)));
        }
    }

    private static String octet(Ipv6Address address, int index) {
        long half = index < U ? address.high() : address.low();
        return "%02x".formatted(half >>> (Long.SIZE - Byte.SIZE * (index % U + 1)) & 0xff);
    }
}
