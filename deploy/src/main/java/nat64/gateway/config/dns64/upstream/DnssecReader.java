// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import java.util.List;
import java.util.stream.Stream;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;

/** Reads the section {@code dns64.dnssec}: whose signatures count. */
final class DnssecReader {

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
        var mode = dnssec.value(DnssecKeys.MODE);
        var anchors = dnssec.values(DnssecKeys.TRUST_ANCHORS);
        var negative = dnssec.values(DnssecKeys.NEGATIVE_TRUST_ANCHORS);
        if (mode.value() == DnssecMode.TRUST_UPSTREAM_AD) {
            upstreams.stream()
                    .filter(upstream -> !upstream.value().isReachedSafely())
                    .forEach(upstream -> reading.error(
                            upstream,
                            "%s is asked without TLS, so its AD bit could be forged; write tls://, name a"
                                            .formatted(upstream.value())
                                    + " resolver of this host, or set dns64.dnssec.mode to local"));
        }
        if (mode.value() != DnssecMode.LOCAL) {
            Stream.concat(anchors.stream(), negative.stream())
                    .filter(located -> !located.isDefault())
                    .forEach(located -> reading.warn(
                            located,
                            "does nothing unless dns64.dnssec.mode is local; remove it, or set dns64.dnssec.mode"));
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
}
