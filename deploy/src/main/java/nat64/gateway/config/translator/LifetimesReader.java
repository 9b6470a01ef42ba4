// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.time.Duration;
import java.util.function.Consumer;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Section;
import nat64.translator.session.Lifetimes;

/** Reads the section {@code translator.lifetimes}, one by one, so that a refusal names the line of the one it is about. */
final class LifetimesReader {

    private static final Lifetimes RFC = Lifetimes.RFC_6146;

    private LifetimesReader() {}

    static Lifetimes read(Section section) {
        return new Lifetimes(
                one(
                        section,
                        "udp",
                        "5m",
                        udp -> new Lifetimes(
                                udp,
                                RFC.tcpEstablished(),
                                RFC.tcpOpening(),
                                RFC.tcpClosing(),
                                RFC.tcpIncomingSyn(),
                                RFC.icmp())),
                one(
                        section,
                        "tcp-established",
                        "2h",
                        established -> new Lifetimes(
                                RFC.udp(),
                                established,
                                RFC.tcpOpening(),
                                RFC.tcpClosing(),
                                RFC.tcpIncomingSyn(),
                                RFC.icmp())),
                one(
                        section,
                        "tcp-opening",
                        "4m",
                        opening -> new Lifetimes(
                                RFC.udp(),
                                RFC.tcpEstablished(),
                                opening,
                                RFC.tcpClosing(),
                                RFC.tcpIncomingSyn(),
                                RFC.icmp())),
                one(
                        section,
                        "tcp-closing",
                        "4m",
                        closing -> new Lifetimes(
                                RFC.udp(),
                                RFC.tcpEstablished(),
                                RFC.tcpOpening(),
                                closing,
                                RFC.tcpIncomingSyn(),
                                RFC.icmp())),
                one(
                        section,
                        "tcp-incoming-syn",
                        "6s",
                        incomingSyn -> new Lifetimes(
                                RFC.udp(),
                                RFC.tcpEstablished(),
                                RFC.tcpOpening(),
                                RFC.tcpClosing(),
                                incomingSyn,
                                RFC.icmp())),
                one(
                        section,
                        "icmp",
                        "1m",
                        icmp -> new Lifetimes(
                                RFC.udp(),
                                RFC.tcpEstablished(),
                                RFC.tcpOpening(),
                                RFC.tcpClosing(),
                                RFC.tcpIncomingSyn(),
                                icmp)));
    }

    private static Duration one(Section section, String key, String byDefault, Consumer<Duration> check) {
        var format = Formats.DURATION.and(check);
        return section.value(key, byDefault, new Format<>(byDefault, format.parser()))
                .value();
    }
}
