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
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.TestMode.NAT64;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OWN_ADDRESS;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.packet.DropReason;
import nat64.translator.testing.Bytes;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcap4j.packet.namednumber.IpNumber;

@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class OwnErrorsTest {

    private final TestMode mode;
    private final TestTranslator translator;

    OwnErrorsTest(TestMode mode) {
        this.mode = mode;
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-054")
    @Tag("C-045")
    void tellsAnIpv6HostThatItsHopLimitRanOut() {
        for (int hopLimit = 0; hopLimit < 2; hopLimit++) {
            var packet = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.UDP, hopLimit, datagram6(1300));
            var error = translator.translate(packet);
            assertThat(error.icmpType()).isEqualTo(3);
            assertThat(error.source()).isEqualTo(Wire.address(OWN_ADDRESS));
            assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
            assertThat(error.octets()).as("C-045").hasSize(1280);
            assertThat(error.quoted().octets()).startsWith(java.util.Arrays.copyOf(packet, 40));
        }
    }

    @Test
    @Tag("C-006")
    @Tag("C-045")
    void tellsAnIpv4HostThatItsTtlRanOut() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        var datagram = udp(ip4(SERVER), 53, ip4(out.source()), out.sourcePort(), payload(900));
        var error = translator.translate(ipv4(SERVER, out.source(), IpNumber.UDP, 1, true, datagram));
        assertThat(error.icmpType()).isEqualTo(11);
        assertThat(error.source())
                .as("an address of the translator: of pool4, or its own")
                .isEqualTo(mode == NAT64 ? out.source() : TestSiit.OWN_IPV4);
        assertThat(error.destination()).isEqualTo(SERVER);
        assertThat(error.octets()).as("C-045").hasSize(576);
    }

    @Test
    void leavesTheUnusedFieldZeroWhateverElseIsWrongWithThePacket() {
        var routing = "2c 00 04 01 00000000"; // a Routing header with a segment left, and a Fragment header behind it
        var fragment = "3c 00 0001 00000007"; // more fragments
        var options = "11 00 0104 00000000"; // Destination Options
        var headers = Bytes.of(routing + fragment + options + "0400 0035 0010 0000 0000000000000000");
        var packet = ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.IPV6_ROUTE, 64, unknown(headers));
        var error = translator.translate(packet);
        assertThat(translator.drops()).containsExactly(DropReason.EXTENSION_IN_FRAGMENT);
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(error.icmpRest()).as("RFC 4443, section 3.1: unused").isZero();
    }

    @Test
    void tellsStrangersThatTheyMayNot() {
        var error = translator.translate(udp6("2001:db8:bad::1", 40_000, SERVER_IN_PREF64, 53, payload(1)));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(translator.drops())
                .containsExactly(mode == NAT64 ? DropReason.CLIENT_NOT_ALLOWED : DropReason.UNTRANSLATABLE_SOURCE);
    }

    @Test
    @Tag("C-092")
    void tellsOneSourceAQuarterOfAHundredErrorsAtOnce() {
        assertThat(errorsTo(SERVER, 500)).isEqualTo(25);
        translator.pass(java.time.Duration.ofSeconds(1));
        assertThat(errorsTo(SERVER, 500)).isEqualTo(25);
        assertThat(translator.statistics().icmpErrorsSent()).isEqualTo(50);
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
        assertThat(translator.translate(expired).icmpType()).isEqualTo(3);
    }

    @Test
    @Tag("C-092")
    void otherErrorsTakeNoneFromPathMtuDiscovery() {
        var narrow = mode.start(TranslationOptions.RFC_7915.with(new NextHopMtus.Fixed(1500, 1000)));
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
            var datagram = udp(ip4(source), 53, ip4("203.0.113.1"), 7777, payload(1));
            sent += translator
                    .send(ipv4(source, "203.0.113.1", IpNumber.UDP, 1, true, datagram))
                    .size();
        }
        return sent;
    }

    @Test
    @Tag("C-024")
    @Tag("C-091")
    void staysSilentAboutIcmpErrorsAndForgedSources() {
        assertThat(translator.send(echo6("::1", SERVER_IN_PREF64, true, 1, 1))).isEmpty();
        assertThat(translator.send(echo6("ff02::1", SERVER_IN_PREF64, true, 1, 1)))
                .isEmpty();
        assertThat(translator.send(echo6("fe80::1", SERVER_IN_PREF64, true, 1, 1)))
                .isEmpty();
        assertThat(translator.dropped(DropReason.ILLEGAL_SOURCE)).isEqualTo(3);
        var error = error6(CLIENT, SERVER_IN_PREF64, 1, 0, 0, udp6(SERVER_IN_PREF64, 1, CLIENT, 2, payload(10)));
        error[7] = 1;
        assertThat(translator.send(error)).isEmpty();
        assertThat(translator.dropped(DropReason.HOP_LIMIT_EXCEEDED)).isEqualTo(1);
    }

    private static org.pcap4j.packet.AbstractPacket.AbstractBuilder datagram6(int length) {
        return udp(ip6(CLIENT), 40_000, ip6(SERVER_IN_PREF64), 53, payload(length));
    }
}
