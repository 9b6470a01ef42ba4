// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nat64.dns64.server.DataPlaneProbe;
import nat64.dns64.server.WatchedPrefix;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Pairs;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Pref64;

/** Reads {@code prefix-health}: which Pref64s are probed, and how. */
final class PrefixHealthReader {

    private static final int DNS_PORT = 53;
    private static final int MOST_IN_A_ROW = 100;
    private static final int MOST_TARGETS = 8;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Format<InetSocketAddress> TARGET = new Format<>(
            "192.0.2.1:53",
            AddressFormats.socket(DNS_PORT).and(PrefixHealthReader::requireIpv4).parser());
    private static final Format<Duration> TIME = new Format<>(
            "5s", Formats.DURATION.and(PrefixHealthReader::requireTime).parser());
    private static final String EXAMPLE = "[{pref64: 2001:db8:64::/96, targets: [192.0.2.1:53]}]";

    private final Reading reading;

    PrefixHealthReader(Reading reading) {
        this.reading = reading;
    }

    List<Located<WatchedPrefix>> read(Section dns64) {
        var probed = dns64.each("prefix-health", "[]", EXAMPLE, this::probed).orElse(List.of());
        Pairs.of(probed).forEach((earlier, later) -> {
            if (earlier.value().pref64().equals(later.value().pref64())) {
                reading.error(
                        later,
                        "%s stands there twice, first %s; delete one of the two"
                                .formatted(later.value().pref64(), earlier.place()));
            }
        });
        return probed;
    }

    private Optional<WatchedPrefix> probed(Section item) {
        var pref64 = item.required("pref64", AddressFormats.PREF64);
        var targets = item.requiredList("targets", TARGET);
        var kind = item.value("probe", "tcp", Formats.oneOf(DataPlaneProbe.Kind.class));
        var interval = item.value("interval", "5s", TIME);
        var timeout = item.value("timeout", "1s", TIME);
        var downAfter = item.value("down-after", "3", Formats.integer(1, MOST_IN_A_ROW));
        var upAfter = item.value("up-after", "2", Formats.integer(1, MOST_IN_A_ROW));
        if (targets.size() > MOST_TARGETS) {
            reading.error(targets.getLast(), "more than %d targets tell no more; delete some".formatted(MOST_TARGETS));
        }
        return pref64.isEmpty() || targets.isEmpty()
                ? Optional.empty()
                : Optional.of(watched(
                        pref64.get().value(),
                        targets.stream().map(Located::value).toList(),
                        kind.value(),
                        timeout.value(),
                        interval.value(),
                        downAfter.value(),
                        upAfter.value()));
    }

    private static WatchedPrefix watched(
            Pref64 pref64,
            List<InetSocketAddress> targets,
            DataPlaneProbe.Kind kind,
            Duration timeout,
            Duration interval,
            int downAfter,
            int upAfter) {
        return new WatchedPrefix(
                pref64, new DataPlaneProbe(pref64, targets, kind, timeout), interval, downAfter, upAfter);
    }

    private static void requireIpv4(InetSocketAddress target) {
        if (!(target.getAddress() instanceof Inet4Address)) {
            throw new IllegalArgumentException(
                    target.getAddress().getHostAddress() + " is no IPv4 address, and only such are behind a NAT64");
        }
    }

    private static void requireTime(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a probe takes 100ms to 1h, not " + time.toMillis() + "ms");
        }
    }
}
