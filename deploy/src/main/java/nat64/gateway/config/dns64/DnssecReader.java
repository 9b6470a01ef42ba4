// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nat64.dns64.upstream.DnssecMode;
import nat64.dns64.upstream.DnssecSettings;
import nat64.dns64.upstream.UpstreamServer;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Reads the section {@code dns64.dnssec}: whose signatures count. */
final class DnssecReader {

    private static final Set<Integer> DIGESTS = Set.of(1, 2, 4); // SHA-1, SHA-256, SHA-384
    private static final String ROOT = "root";
    private static final Format<List<Record>> ANCHOR =
            new Format<>("\"example.org. DS 12345 13 2 0123...\"", DnssecReader::anchors);
    private static final Format<Name> NEGATIVE = UpstreamFormats.ZONE.and(DnssecReader::refuseRoot);

    private final Reading reading;

    DnssecReader(Reading reading) {
        this.reading = reading;
    }

    /**
     * What the section says.
     *
     * @param upstreams all that the file names, those of forwarded zones included
     */
    DnssecSettings read(Section dnssec, List<Located<UpstreamServer>> upstreams) {
        var mode = dnssec.value("mode", "off", Formats.oneOf(DnssecMode.class));
        var anchors = dnssec.values("trust-anchors", "[root]", ANCHOR);
        var negative = dnssec.valuesIfAny("negative-trust-anchors", "[]", NEGATIVE);
        if (mode.value() == DnssecMode.TRUST_UPSTREAM_AD) {
            upstreams.stream()
                    .filter(upstream -> !upstream.value().isReachedSafely())
                    .forEach(upstream -> reading.error(
                            upstream,
                            "%s is asked without TLS, so its AD bit could be forged on the way; write tls://, name a"
                                            .formatted(upstream.value())
                                    + " resolver of this host, or set dns64.dnssec.mode to local"));
        }
        if (mode.value() != DnssecMode.LOCAL) {
            Stream.concat(anchors.stream(), negative.stream())
                    .filter(located -> !located.isDefault())
                    .forEach(located -> reading.warn(
                            located, "does nothing unless dns64.dnssec.mode is local; delete it, or set that"));
        }
        if (anchors.isEmpty()) {
            return DnssecSettings.OFF; // what is wrong with them is noted already
        }
        return new DnssecSettings(
                mode.value(),
                anchors.stream()
                        .flatMap(located -> located.value().stream())
                        .distinct()
                        .toList(),
                negative.stream().map(Located::value).toList());
    }

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
            throw new IllegalArgumentException(text + " is no record", e);
        }
    }

    /** RFC 4035, section 5.2: else all names below would be insecure, and nobody would notice. */
    private static void requireDigest(DSRecord ds) {
        if (!DIGESTS.contains(ds.getDigestID())) {
            throw new IllegalArgumentException("digests of type " + ds.getDigestID() + " can't be checked");
        }
    }

    private static void refuseRoot(Name zone) {
        if (zone.equals(Name.root)) {
            throw new IllegalArgumentException(
                    "below the root is everything; name the zone, or set dns64.dnssec.mode to off");
        }
    }
}
