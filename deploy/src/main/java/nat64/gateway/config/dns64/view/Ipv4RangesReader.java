// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import java.util.List;
import java.util.Optional;
import nat64.dns64.synthesis.AddressMapping.Range;
import nat64.gateway.config.file.FirstGiven;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;

/** Reads {@code ipv4-ranges}: which IPv4 addresses have which Pref64. */
final class Ipv4RangesReader {

    private final Reading reading;
    private final RangeKeys keys;
    private final boolean translateNonGlobal;

    Ipv4RangesReader(Reading reading, RangeKeys keys, boolean translateNonGlobal) {
        this.reading = reading;
        this.keys = keys;
        this.translateNonGlobal = translateNonGlobal;
    }

    /** Those of the section, if it has any; each stands where its prefix stands. */
    Optional<List<Located<Range>>> read(Section section) {
        return section.eachIfGiven(keys.ranges(), this::range).map(this::checked);
    }

    private Optional<Range> range(Section item) {
        var ipv4 = item.required(keys.ipv4());
        var pref64 = item.required(keys.pref64());
        if (ipv4.isEmpty() || pref64.isEmpty()) {
            return Optional.empty();
        }
        var range = new Range(ipv4.get().value(), pref64.get().value());
        if (range.pref64().isPresent()) {
            refuseUseless(pref64.get(), range, range.pref64().get());
        }
        return Optional.of(range);
    }

    private void refuseUseless(Located<?> at, Range range, Pref64 pref64) {
        if (!SpecialIpv4.isRouted(range.ipv4().address()) && range.ipv4().length() > 0) {
            reading.error(
                    at, range.ipv4() + " is never routed, so no NAT64 reaches it; write none, or remove the range");
        } else if (pref64.isWellKnown()
                && !translateNonGlobal
                && range.ipv4().length() > 0
                && !SpecialIpv4.isGlobal(range.ipv4().address())) {
            reading.error(
                    at,
                    range.ipv4() + " is not global, and 64:ff9b::/96 must not carry it (RFC 6052, section 3.1); write a"
                            + " Pref64 of your own, such as 64:ff9b:1:fffe::/96");
        }
    }

    private List<Located<Range>> checked(List<Located<Range>> ranges) {
        var first = new FirstGiven<Ipv4Prefix, Range>();
        for (var range : ranges) {
            first.before(range.value().ipv4(), range)
                    .ifPresent(earlier -> reading.error(
                            range,
                            "%s is a duplicate, first given %s; remove one of the two"
                                    .formatted(range.value().ipv4(), earlier.place())));
        }
        return ranges;
    }
}
