// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.util.HashSet;
import java.util.Set;
import nat64.dns64.settings.DnssecSettings;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.TrustAnchorStore;

/**
 * Where trust begins (RFC 4033, section 2), and where it ends though signatures go on (RFC 7646). Immutable.
 *
 * <p>For dnsjava an end is an anchor of a kind that cannot be checked: below such a one everything is insecure (RFC
 * 4035, section 5.2). It asks for the keys of that zone first, and gets a stand-in.
 */
public final class TrustAnchors {

    private static final int NO_SUCH_DIGEST = 255;
    private static final int NO_SUCH_ALGORITHM = 255; // RFC 4034, appendix A.1: reserved
    private static final int DNSSEC_PROTOCOL = 3;
    private static final long TTL = 3600;

    private final DnssecSettings settings;
    private final Set<Name> names = new HashSet<>();
    private final Set<Name> ends = new HashSet<>();

    public TrustAnchors(DnssecSettings settings) {
        this.settings = settings;
        settings.trustAnchors().forEach(anchor -> names.add(anchor.getName().canonicalize()));
        settings.negativeTrustAnchors().forEach(end -> ends.add(end.canonicalize()));
        names.addAll(ends);
    }

    void putInto(TrustAnchorStore store) {
        settings.trustAnchors().stream()
                .filter(anchor -> !ends.contains(anchor.getName().canonicalize()))
                .forEach(anchor -> store.store(new RRset(anchor)));
        ends.forEach(end -> store.store(
                new RRset(new DSRecord(end, DClass.IN, TTL, 0, NO_SUCH_ALGORITHM, NO_SUCH_DIGEST, new byte[] {0}))));
    }

    /** What stands in for the keys of a zone where trust ends, or null if it does not end there. */
    @Nullable
    Record standIn(Name name, int type) {
        return type == Type.DNSKEY && ends.contains(name)
                ? new DNSKEYRecord(
                        name,
                        DClass.IN,
                        TTL,
                        DNSKEYRecord.Flags.ZONE_KEY,
                        DNSSEC_PROTOCOL,
                        NO_SUCH_ALGORITHM,
                        new byte[] {0})
                : null;
    }

    /** Whether the name needs no signatures, because trust ends at it or above. */
    boolean endAbove(Name name) {
        var closest = closest(name);
        return closest == null || ends.contains(closest);
    }

    /** The name whose zone tells: that of the parent for a DS record (RFC 4035, section 2.4). */
    static Name place(Name name, int type) {
        return type == Type.DS && name.labels() > 1 ? new Name(name, 1) : name;
    }

    /** Whether a zone of this name is at or above the other, but not above the anchor that the other is under. */
    boolean mayHold(Name zone, Name name) {
        var closest = closest(name);
        return name.subdomain(zone) && (closest == null || zone.subdomain(closest));
    }

    private @Nullable Name closest(Name name) {
        for (int cut = 0; cut < name.labels(); cut++) {
            var above = new Name(name, cut).canonicalize();
            if (names.contains(above)) {
                return above;
            }
        }
        return null;
    }
}
