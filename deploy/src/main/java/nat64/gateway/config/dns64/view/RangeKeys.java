// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import static nat64.gateway.config.file.Key.REQUIRED;

import java.util.Optional;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;

/** A list of IPv4 ranges with their Pref64s, and the keys of an item. */
record RangeKeys(ItemsKey ranges, ValueKey<Ipv4Prefix> ipv4, ValueKey<Optional<Pref64>> pref64) {

    static final String EXAMPLE = "[{ipv4: 10.0.0.0/8, pref64: none}]";

    static RangeKeys of(ItemsKey ranges) {
        return new RangeKeys(
                ranges,
                ranges.keys().value("ipv4", REQUIRED, AddressFormats.IPV4_PREFIX, "An IPv4 prefix."),
                ranges.keys()
                        .value(
                                "pref64",
                                REQUIRED,
                                Formats.orNone(AddressFormats.PREF64.withExamples("2001:db8:64::/96")),
                                "Its Pref64, or `none`: no AAAA records are synthesized for A records of the range."));
    }
}
