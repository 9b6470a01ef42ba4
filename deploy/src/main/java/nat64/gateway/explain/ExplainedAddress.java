// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an address is to a gateway.
 *
 * @param address as RFC 5952 writes it
 * @param kind what the address is, or the IPv4 address inside it; to be read behind "is"
 * @param isGlobal whether that is an ordinary global address, not a special-purpose one (RFC 6890)
 * @param mapping by what it is translated
 * @param instead the addresses by which IPv6-only hosts reach an IPv4 address
 * @param lines all of it in sentences
 */
public record ExplainedAddress(
        String address,
        String kind,
        boolean isGlobal,
        Verdict verdict,
        Optional<Mapping> mapping,
        List<String> instead,
        List<String> lines) {

    /** What becomes of packets to the address. */
    public enum Verdict {
        /** This gateway translates them. */
        TRANSLATED,
        /** They are not let through, because of what the configuration says. */
        REFUSED,
        /** No router may forward them, translated or not. */
        DROPPED,
        /** This gateway only answers DNS; another one translates them. */
        ELSEWHERE,
        /** They are not for the translator. */
        UNTRANSLATED
    }

    /**
     * Which address of the other version it stands for.
     *
     * @param kind {@code pref64} (RFC 6052) or {@code eam} (RFC 7757)
     * @param by the Pref64 or the Explicit Address Mapping
     * @param other the address of the other version
     * @param layout of an address inside a Pref64; empty otherwise
     */
    public record Mapping(String kind, String by, String other, List<AddressPart> layout) {

        public Mapping {
            layout = List.copyOf(layout);
        }
    }

    public ExplainedAddress {
        instead = List.copyOf(instead);
        lines = List.copyOf(lines);
    }

    /** For programs: maps and lists that become JSON. What is not there has no key. */
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("address", address);
        fields.put("kind", kind);
        fields.put("global", isGlobal);
        fields.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
        mapping.ifPresent(known -> fields.put("mapping", known));
        fields.put("instead", instead);
        fields.put("lines", lines);
        return fields;
    }
}
