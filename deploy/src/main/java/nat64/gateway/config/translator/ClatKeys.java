// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.util.Optional;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/** The keys of the section {@code translator.clat}. */
public final class ClatKeys {

    public static final Keys KEYS = Keys.section("translator.clat");

    static final ValueKey<Ipv4Prefix> IPV4 = KEYS.value(
            "ipv4",
            "192.0.0.1",
            StatelessKeys.IPV4,
            RESTART,
            "The IPv4 address of this host in mode `clat`, or the prefix of the IPv4 hosts behind it.");
    static final ValueKey<Optional<Ipv6Prefix>> IPV6 = KEYS.value(
            "ipv6",
            "none",
            Formats.orNone(StatelessKeys.IPV6.withExamples("2001:db8:1::c1a7")),
            RESTART,
            "The IPv6 address, or prefix, that stands for it. Mode `clat` needs one.");

    private ClatKeys() {}
}
