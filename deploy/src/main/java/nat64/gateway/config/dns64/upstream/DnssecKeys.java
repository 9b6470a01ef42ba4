// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import static nat64.gateway.config.file.OnChange.RELOAD;

import java.util.List;
import nat64.dns64.settings.DnssecMode;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** The keys of the section {@code dns64.dnssec}. */
public final class DnssecKeys {

    public static final Keys KEYS = Keys.section("dns64.dnssec");

    private static final Format<Name> NEGATIVE = UpstreamFormats.ZONE.and(DnssecKeys::refuseRoot);

    static final ValueKey<DnssecMode> MODE = KEYS.value(
            "mode",
            "off",
            Formats.oneOf(DnssecMode.class),
            RELOAD,
            "Who validates signatures (RFC 6147, section 5.5): `off` no one here, `trust-upstream-ad` the upstreams,"
                    + " whose AD bit is trusted, or `local` this DNS64. For `trust-upstream-ad` all upstreams are"
                    + " asked over TLS, or are on this host.");
    static final ListKey<List<Record>> TRUST_ANCHORS = KEYS.list(
            "trust-anchors",
            "[root]",
            TrustAnchors.FORMAT,
            RELOAD,
            "For `local`: DS and DNSKEY records that are trusted without proof, such as `\"example.org. DS 12345 13 2"
                    + " 0123...\"`. `root` is the keys of the DNS root of 2017 and 2024.");
    static final ListKey<Name> NEGATIVE_TRUST_ANCHORS = KEYS.listOrEmpty(
            "negative-trust-anchors",
            "[]",
            NEGATIVE,
            RELOAD,
            "For `local`: zones that need no signatures, though those above require them (RFC 7646).");

    private DnssecKeys() {}

    private static void refuseRoot(Name zone) {
        if (zone.equals(Name.root)) {
            throw new IllegalArgumentException(
                    "every name is below the root; name the zone, or set dns64.dnssec.mode to off");
        }
    }
}
