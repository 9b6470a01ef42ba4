// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.utils.base16;

/**
 * Whether signatures count, and whose.
 *
 * @param trustAnchors DS and DNSKEY records that are trusted without proof (RFC 4033, section 2); for {@link
 *     DnssecMode#LOCAL} alone
 * @param negativeTrustAnchors zones that need no signatures, though those above say so (RFC 7646); likewise
 */
public record DnssecSettings(DnssecMode mode, List<Record> trustAnchors, List<Name> negativeTrustAnchors) {

    private static final int RSASHA256 = 8;
    private static final int SHA256 = 2;

    /** The keys of the root, of 2017 and of 2024, as IANA publishes them. */
    public static final List<Record> ROOT_ANCHORS = List.of(
            root(20326, "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"),
            root(38696, "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"));

    /** Nothing is checked. */
    public static final DnssecSettings OFF = new DnssecSettings(DnssecMode.OFF, List.of(), List.of());

    public DnssecSettings {
        trustAnchors = List.copyOf(trustAnchors);
        negativeTrustAnchors = List.copyOf(negativeTrustAnchors);
        for (var anchor : trustAnchors) {
            require(anchor instanceof DSRecord || anchor instanceof DNSKEYRecord, "no trust anchor: " + anchor);
        }
        require(
                mode != DnssecMode.LOCAL || !trustAnchors.isEmpty(),
                "signatures can't be checked without trust anchors");
        require(!negativeTrustAnchors.contains(Name.root), "below the root is everything; don't check at all then");
    }

    /** Whether signatures are asked for, and what is proven is known. */
    public boolean isOn() {
        return mode != DnssecMode.OFF;
    }

    private static Record root(int tag, String digest) {
        return new DSRecord(Name.root, DClass.IN, 0, tag, RSASHA256, SHA256, base16.fromString(digest));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
