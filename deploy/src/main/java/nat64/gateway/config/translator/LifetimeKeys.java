// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RELOAD;

import java.time.Duration;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.session.Lifetimes;

/** The keys of the section {@code translator.lifetimes}; each is checked alone, so that a problem has its line. */
public final class LifetimeKeys {

    public static final Keys KEYS = Keys.section("translator.lifetimes");

    static final ValueKey<Duration> UDP =
            KEYS.value("udp", "5m", format(0, "5m", "3m"), RELOAD, "UDP_DEFAULT of RFC 6146, section 4; at least 2m.");
    static final ValueKey<Duration> TCP_ESTABLISHED =
            KEYS.value("tcp-established", "2h", format(1, "2h", "3h"), RELOAD, "TCP_EST; at least 2h.");
    static final ValueKey<Duration> TCP_OPENING = KEYS.value(
            "tcp-opening",
            "4m",
            format(2, "4m", "5m"),
            RELOAD,
            "TCP_TRANS of connections that are being opened. Less than 4m, down to 10s, is against RFC 5382 but"
                    + " allowed by RFC 7857, section 2.1.");
    static final ValueKey<Duration> TCP_CLOSING = KEYS.value(
            "tcp-closing",
            "4m",
            format(3, "4m", "5m"),
            RELOAD,
            "TCP_TRANS of connections that were closed or reset, or that are being probed; the same limits.");
    static final ValueKey<Duration> TCP_INCOMING_SYN =
            KEYS.value("tcp-incoming-syn", "6s", format(4, "6s", "7s"), RELOAD, "TCP_INCOMING_SYN; at least 6s.");
    static final ValueKey<Duration> ICMP =
            KEYS.value("icmp", "1m", format(5, "1m", "2m"), RELOAD, "ICMP_DEFAULT; at least 1m.");

    private LifetimeKeys() {}

    private static Format<Duration> format(int which, String... examples) {
        return Formats.DURATION.and(value -> requireLegal(which, value)).withExamples(examples);
    }

    private static void requireLegal(int which, Duration value) {
        var rfc = Lifetimes.RFC_6146;
        var all = new Duration[] {
            rfc.udp(), rfc.tcpEstablished(), rfc.tcpOpening(), rfc.tcpClosing(), rfc.tcpIncomingSyn(), rfc.icmp()
        };
        all[which] = value;
        var _ = new Lifetimes(all[0], all[1], all[2], all[3], all[4], all[5]);
    }
}
