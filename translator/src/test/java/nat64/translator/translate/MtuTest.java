// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nat64.translator.testing.RawPacket;
import nat64.translator.testing.TestPacket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MtuTest {

    @ParameterizedTest(name = "{0} advertised, IPv6 {1}, IPv4 {2}: {3}")
    @CsvSource({
        "1400, 1500, 1500, 1420",
        "1500, 1500, 1500, 1500",
        "1480, 9000, 1500, 1500",
        "9000, 9000, 1500, 1520",
        "9000, 1500, 9000, 1500",
        "576, 1500, 1500, 1280",
        "68, 65535, 65535, 1280",
        "1, 1500, 1500, 1280",
        "65535, 65535, 65535, 65535",
    })
    @Tag("C-031")
    void addsTheHeaderGrowthForAnIpv6Sender(int advertised, int ipv6, int ipv4, int expected) {
        assertThat(Mtu.toIpv6(advertised, 1500, new NextHopMtus.Fixed(ipv6, ipv4)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "a packet of {0} bytes did not fit: {1}")
    @CsvSource({
        "65535, 32020",
        "32001, 32020",
        "32000, 17934",
        "17914, 8186",
        "8166, 4372",
        "4352, 2022",
        "2002, 1512",
        "1492, 1280",
        "1006, 1280",
        "508, 1280",
        "296, 1280",
        "68, 1280",
        "20, 1280"
    })
    @Tag("C-032")
    void takesThePlateauBelowThePacketFromARouterWithoutMtu(int totalLength, int expected) {
        assertThat(Mtu.toIpv6(0, totalLength, NextHopMtus.UNLIMITED)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} advertised, IPv6 {1}, IPv4 {2}: {3}, about a fragment {4}")
    @CsvSource({
        "1280, 1500, 1500, 1260, 1252",
        "1500, 1500, 1500, 1480, 1472",
        "1400, 1300, 1500, 1280, 1272",
        "1500, 1500, 576, 576, 576",
        "4294967295, 65535, 65535, 65515, 65507",
        "4294967295, 1500, 1500, 1480, 1472",
        "2147483648, 1500, 1500, 1480, 1472",
        "0, 1500, 1500, 68, 68",
        "88, 1500, 1500, 68, 68",
    })
    @Tag("C-082")
    @Tag("C-083")
    void subtractsTheHeaderGrowthForAnIpv4Sender(long advertised, int ipv6, int ipv4, int whole, int fragment) {
        var mtus = new NextHopMtus.Fixed(ipv6, ipv4);
        assertThat(Mtu.toIpv4((int) advertised, false, mtus)).isEqualTo(whole);
        assertThat(Mtu.toIpv4((int) advertised, true, mtus)).isEqualTo(fragment);
    }

    @ParameterizedTest
    @CsvSource({"1500, 1520", "1260, 1280", "576, 1280", "68, 1280"})
    @Tag("C-063")
    void advertisesWhatFitsTheIpv4SideToIpv6Senders(int ipv4, int expected) {
        assertThat(Mtu.forIpv6Sender(new NextHopMtus.Fixed(1500, ipv4), 2000)).isEqualTo(expected);
    }

    @Test
    @Tag("C-063")
    void advertisesTheIpv6SideToIpv6SendersOfHairpinnedPackets() {
        assertThat(Mtu.forIpv6Sender(new NextHopMtus.Fixed(1400, 1500), 1450)).isEqualTo(1400);
    }

    @ParameterizedTest(name = "IPv6 {0}: {1}, fragment {2}")
    @CsvSource({"1500, 1480, 1472", "1280, 1260, 1252", "65535, 65515, 65507"})
    @Tag("C-018")
    @Tag("C-019")
    void advertisesWhatFitsTheIpv6SideToIpv4Senders(int ipv6, int whole, int fragment) {
        var mtus = new NextHopMtus.Fixed(ipv6, 1500);
        var packet = RawPacket.ipv4(99, "0011223344556677");
        assertThat(Mtu.forIpv4Sender(mtus, TestPacket.parsed(packet.bytes()).layers()))
                .isEqualTo(whole);
        packet.fragment(0x2000);
        assertThat(Mtu.forIpv4Sender(mtus, TestPacket.parsed(packet.bytes()).layers()))
                .isEqualTo(fragment);
    }

    @ParameterizedTest(name = "IPv6 {0}, IPv4 {1}")
    @CsvSource({"1279, 1500", "1280, 67", "0, 0"})
    void refusesMtusThatNoLinkMayHave(int ipv6, int ipv4) {
        assertThatThrownBy(() -> new NextHopMtus.Fixed(ipv6, ipv4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1280 or more");
        assertThat(new NextHopMtus.Fixed(1280, 68).ipv4()).isEqualTo(68);
    }
}
