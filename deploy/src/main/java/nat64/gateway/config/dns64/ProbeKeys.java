// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import static nat64.gateway.config.file.Key.REQUIRED;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import nat64.dns64.health.DataPlaneProbe;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.address.Pref64;

/** The keys of an item of {@code dns64.prefix-health}. */
record ProbeKeys(
        ValueKey<Pref64> pref64,
        ListKey<InetSocketAddress> targets,
        ValueKey<DataPlaneProbe.Kind> probe,
        ValueKey<Duration> interval,
        ValueKey<Duration> timeout,
        ValueKey<Integer> downAfter,
        ValueKey<Integer> upAfter) {

    private static final int DNS_PORT = 53;
    private static final int MOST_IN_A_ROW = 100;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Format<InetSocketAddress> TARGET =
            AddressFormats.socket(DNS_PORT).and(ProbeKeys::requireIpv4).withExamples("192.0.2.1:53");
    private static final Format<Duration> TIME =
            Formats.DURATION.and(ProbeKeys::requireTime).withExamples("5s", "2s");

    static ProbeKeys of(Keys item) {
        var count = Formats.integer(1, MOST_IN_A_ROW);
        return new ProbeKeys(
                item.value(
                        "pref64",
                        REQUIRED,
                        AddressFormats.PREF64,
                        "A prefix of `dns64.pref64`, of a view or of a range."),
                item.list(
                        "targets",
                        REQUIRED,
                        TARGET,
                        "Up to 8 IPv4 addresses with ports, such as `192.0.2.1:53`. They are reached by their addresses"
                                + " inside the prefix; one that answers is enough."),
                item.value(
                        "probe",
                        "tcp",
                        Formats.oneOf(DataPlaneProbe.Kind.class),
                        "`tcp`: the target accepts a connection; `dns`: it answers a DNS query over UDP, with any"
                                + " answer."),
                item.value("interval", "5s", TIME, "From one probe to the next; 100ms to 1h."),
                item.value("timeout", "1s", TIME, "For each target; 100ms to 1h."),
                item.value("down-after", "3", count, "Failures in a row after which the prefix is withdrawn."),
                item.value("up-after", "2", count, "Successes in a row after which it is used again."));
    }

    private static void requireIpv4(InetSocketAddress target) {
        if (!(target.getAddress() instanceof Inet4Address)) {
            throw new IllegalArgumentException(Endpoints.text(target.getAddress())
                    + " is not an IPv4 address, and only IPv4 addresses are reached through a NAT64");
        }
    }

    private static void requireTime(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a probe takes 100ms to 1h, not " + time.toMillis() + "ms");
        }
    }
}
