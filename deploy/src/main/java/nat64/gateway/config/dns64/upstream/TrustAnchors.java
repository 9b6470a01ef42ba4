// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nat64.dns64.settings.DnssecSettings;
import nat64.gateway.config.file.Format;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** How trust anchors are written: as one record each, or as the word {@code root}. */
final class TrustAnchors {

    private static final Set<Integer> DIGESTS = Set.of(1, 2, 4); // SHA-1, SHA-256, SHA-384
    private static final String ROOT = "root";

    static final Format<List<Record>> FORMAT =
            Format.of("\"example.org. DS 12345 13 2 0123...\"", TrustAnchors::anchors);

    private TrustAnchors() {}

    private static List<Record> anchors(String text) {
        if (text.equals(ROOT)) {
            return DnssecSettings.ROOT_ANCHORS;
        }
        var records = parsed(text);
        if (records.size() != 1
                || !(records.getFirst() instanceof DSRecord || records.getFirst() instanceof DNSKEYRecord)) {
            throw new IllegalArgumentException("is neither one DS nor one DNSKEY record");
        }
        if (records.getFirst() instanceof DSRecord ds) {
            requireDigest(ds);
        }
        return records;
    }

    private static List<Record> parsed(String text) {
        var line = new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.UTF_8));
        try (var master = new Master(line, Name.root, 0)) {
            master.disableIncludes(true);
            var records = new ArrayList<Record>();
            for (var record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
            return records;
        } catch (IOException e) {
            throw new IllegalArgumentException(text + " is not a record", e);
        }
    }

    /** RFC 4035, section 5.2: else all names below would be insecure without any notice. */
    private static void requireDigest(DSRecord ds) {
        if (!DIGESTS.contains(ds.getDigestID())) {
            throw new IllegalArgumentException("digests of type " + ds.getDigestID() + " cannot be verified");
        }
    }
}
