// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.ip4;
import static nat64.translator.testing.Packets.ip6;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OWN_ADDRESS;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.session.PortRange;
import nat64.translator.session.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.namednumber.IpNumber;

class OwnErrorsTest {

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    @Tag("C-054")
    @Tag("C-045")
    void tellsAnIpv6HostThatItsHopLimitRanOut() {
        for (int hopLimit = 0; hopLimit < 2; hopLimit++) {
            var packet = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.UDP, hopLimit, datagram6(1300));
            var error = nat64.translate(packet);
            assertThat(error.icmpType()).isEqualTo(3);
            assertThat(error.source()).isEqualTo(Wire.address(OWN_ADDRESS));
            assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
            assertThat(error.octets()).as("C-045").hasSize(1280);
            assertThat(error.quoted().octets()).startsWith(java.util.Arrays.copyOf(packet, 40));
        }
        assertThat(nat64.sessions(Protocol.UDP)).isZero();
    }

    @Test
    @Tag("C-006")
    @Tag("C-045")
    void tellsAnIpv4HostThatItsTtlRanOut() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        var datagram = udp(ip4(SERVER), 53, ip4(out.source()), out.sourcePort(), payload(900));
        var error = nat64.translate(ipv4(SERVER, out.source(), IpNumber.UDP, 1, true, datagram));
        assertThat(error.icmpType()).isEqualTo(11);
        assertThat(error.source()).isEqualTo(out.source());
        assertThat(error.destination()).isEqualTo(SERVER);
        assertThat(error.octets()).as("C-045").hasSize(576);
    }

    @Test
    @Tag("C-123")
    void tellsThatAProtocolIsNotTranslated() {
        var fromIpv6 = nat64.translate(ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.SCTP, 64, unknown(payload(40))));
        assertThat(fromIpv6.icmpType()).isEqualTo(1);
        assertThat(fromIpv6.icmpCode()).isEqualTo(4);
        var fromIpv4 = nat64.translate(ipv4(SERVER, "203.0.113.1", IpNumber.SCTP, 64, true, unknown(payload(40))));
        assertThat(fromIpv4.icmpType()).isEqualTo(3);
        assertThat(fromIpv4.icmpCode()).isEqualTo(2);
    }

    @Test
    void tellsStrangersThatTheyMayNot() {
        var error = nat64.translate(udp6("2001:db8:bad::1", 40_000, SERVER_IN_PREF64, 53, payload(1)));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(nat64.dropped(DropReason.CLIENT_NOT_ALLOWED)).isEqualTo(1);
    }

    @Test
    @Tag("C-143")
    @Tag("C-205")
    void tellsThatPool4IsExhausted() {
        var small = new TestTranslator(
                TestNat64.settings(List.of(Pref64.parse("2001:db8:64::/96")), new PortRange(5000, 5001), 100));
        small.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        small.translate(udp6(CLIENT, 1026, SERVER_IN_PREF64, 53, payload(1)));
        var error = small.translate(udp6(CLIENT, 1027, SERVER_IN_PREF64, 53, payload(1)));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(3);
        assertThat(small.dropped(DropReason.POOL4_EXHAUSTED)).isEqualTo(1);
        assertThat(small.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)))
                        .version())
                .as("C-205: what lives goes on")
                .isEqualTo(4);
        small.close();
    }

    @Test
    @Tag("C-205")
    void refusesNewSessionsWhenTheTableIsFullAndKeepsTheOld() {
        var small =
                new TestTranslator(TestNat64.settings(List.of(Pref64.parse("2001:db8:64::/96")), PortRange.ALL, 10));
        for (int port = 1100; port < 1200; port++) {
            small.send(udp6(CLIENT, port, SERVER_IN_PREF64, 53, payload(1)));
        }
        assertThat(small.sessions(Protocol.UDP)).isEqualTo(10);
        assertThat(small.bindings(Protocol.UDP)).isEqualTo(10);
        assertThat(small.dropped(DropReason.SESSION_TABLE_FULL)).isEqualTo(90);
        assertThat(small.translate(udp6(CLIENT, 1100, SERVER_IN_PREF64, 53, payload(1)))
                        .version())
                .isEqualTo(4);
        small.send(udp6(CLIENT, 1100, "2001:db8:64::c633:6403", 53, payload(1)));
        assertThat(small.bindings(Protocol.UDP)).isEqualTo(10);
        small.close();
    }

    @Test
    @Tag("C-092")
    void tellsOneSourceAQuarterOfAHundredErrorsAtOnce() {
        assertThat(errorsTo(SERVER, 500)).isEqualTo(25);
        nat64.pass(java.time.Duration.ofSeconds(1));
        assertThat(errorsTo(SERVER, 500)).isEqualTo(25);
        assertThat(nat64.statistics().icmpErrorsSent()).isEqualTo(50);
    }

    @Test
    @Tag("C-092")
    void tellsAllSourcesTogetherAHundredErrorsAtOnce() {
        int sent = 0;
        for (int i = 1; i < 255; i++) {
            sent += errorsTo("198.51.100." + i, 2);
        }
        assertThat(sent).isEqualTo(100);
    }

    @Test
    @Tag("C-092")
    void strangersOnTheIpv4SideTakeNoErrorsFromIpv6Hosts() {
        for (int i = 1; i < 255; i++) {
            errorsTo("198.51.100." + i, 2);
        }
        var expired = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.UDP, 1, datagram6(10));
        assertThat(nat64.translate(expired).icmpType()).isEqualTo(3);
    }

    @Test
    @Tag("C-092")
    void otherErrorsTakeNoneFromPathMtuDiscovery() {
        var narrow = new TestTranslator(
                TestNat64.settings(TranslationOptions.RFC_7915.with(new NextHopMtus.Fixed(1500, 1000))));
        var expired = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.UDP, 1, datagram6(10));
        for (int i = 0; i < 500; i++) {
            narrow.send(expired);
        }
        assertThat(narrow.statistics().icmpErrorsSent()).isEqualTo(25);
        var tooBig = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.UDP, 64, datagram6(1440));
        assertThat(narrow.translate(tooBig).icmpType()).isEqualTo(2);
        narrow.close();
    }

    private int errorsTo(String source, int packets) {
        int sent = 0;
        for (int i = 0; i < packets; i++) {
            sent += nat64.send(udp4(source, 53, "203.0.113.1", 7777, payload(1)))
                    .size();
        }
        return sent;
    }

    @Test
    @Tag("C-024")
    @Tag("C-091")
    void staysSilentAboutIcmpErrorsAndForgedSources() {
        assertThat(nat64.send(echo6("::1", SERVER_IN_PREF64, true, 1, 1))).isEmpty();
        assertThat(nat64.send(echo6("ff02::1", SERVER_IN_PREF64, true, 1, 1))).isEmpty();
        assertThat(nat64.send(echo6("fe80::1", SERVER_IN_PREF64, true, 1, 1))).isEmpty();
        assertThat(nat64.dropped(DropReason.ILLEGAL_SOURCE)).isEqualTo(3);
        var about = udp6(SERVER_IN_PREF64, 1, CLIENT, 2, payload(10));
        assertThat(nat64.send(error6("2001:db8:bad::1", SERVER_IN_PREF64, 1, 0, 0, about)))
                .isEmpty();
    }

    private static org.pcap4j.packet.AbstractPacket.AbstractBuilder datagram6(int length) {
        return udp(ip6(CLIENT), 40_000, ip6(SERVER_IN_PREF64), 53, payload(length));
    }
}
