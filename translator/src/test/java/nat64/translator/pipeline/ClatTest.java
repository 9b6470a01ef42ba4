// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestSiit.REMOTE;
import static nat64.translator.testing.TestSiit.REMOTE_V6;
import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.packet.DropReason;
import nat64.translator.testing.Packets;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.namednumber.IpNumber;

/** The customer-side translator of 464XLAT (RFC 6877), alone and with a stateful one behind it. */
class ClatTest {

    private static final String HOST_V4 = "192.0.0.1";
    private static final String HOST = "2001:db8:1::c1a7";

    private final TestTranslator clat = new TestTranslator(TestSiit.CLAT);

    @AfterEach
    void close() {
        clat.close();
    }

    @Test
    void givesTheHostItsIpv6AddressAndAllOthersThePref64() {
        var out = clat.translate(tcp4(HOST_V4, 40_000, REMOTE, 80, "S", payload(0)));
        assertThat(out.source()).isEqualTo(Wire.address(HOST));
        assertThat(out.destination()).isEqualTo(Wire.address(REMOTE_V6));
        var back = clat.translate(tcp6(REMOTE_V6, 80, HOST, 40_000, "SA", payload(0)));
        assertThat(back.source()).isEqualTo(REMOTE);
        assertThat(back.destination()).isEqualTo(HOST_V4);
    }

    @Test
    @Tag("C-102")
    void refusesOtherIpv4Sources() {
        clat.send(udp4("192.0.0.2", 1, REMOTE, 2, payload(1)));
        assertThat(clat.drops()).containsExactly(DropReason.UNTRANSLATABLE_SOURCE);
    }

    @Test
    void refusesIpv6DestinationsThatAreNotTheHost() {
        clat.send(udp6(REMOTE_V6, 1, "2001:db8:64::1", 2, payload(1)));
        assertThat(clat.drops()).containsExactly(DropReason.UNROUTABLE_IPV4);
        clat.send(udp6(REMOTE_V6, 1, "2001:db8:64::c633:6409", 2, payload(1)));
        assertThat(clat.dropped(DropReason.UNTRANSLATABLE_DESTINATION)).isEqualTo(1);
    }

    @Test
    @Tag("C-106")
    void showsRoutersOfTheIpv6NetworkInTraceroute() {
        var expired = udp6(HOST, 40_000, REMOTE_V6, 33_434, payload(20));
        var error = clat.translate(error6("2001:db8:5::1", HOST, 3, 0, 0, expired));
        assertThat(error.source()).isEqualTo("192.0.0.8");
        assertThat(error.destination()).isEqualTo(HOST_V4);
        assertThat(error.quoted().destination()).isEqualTo(REMOTE);
    }

    @Test
    @Tag("C-006")
    void isAHopOfItsOwnInTraceroute() {
        var expired = Packets.udp(Packets.ip4(HOST_V4), 40_000, Packets.ip4("8.8.8.8"), 33_434, payload(20));
        var error = clat.translate(Packets.ipv4(HOST_V4, "8.8.8.8", IpNumber.UDP, 1, true, expired));
        assertThat(error.source()).isEqualTo(TestSiit.OWN_IPV4);
        assertThat(error.destination()).isEqualTo(HOST_V4);
        assertThat(error.icmpType()).isEqualTo(11);
    }

    @Test
    @Tag("C-217")
    void reachesIpv4ThroughAStatefulTranslator() {
        try (var plat = new TestTranslator(TestNat64.settings())) {
            var toPlat = clat.translate(udp4(HOST_V4, 40_000, REMOTE, 53, payload(77)));
            var out = plat.translate(toPlat.octets());
            assertThat(out.destination()).isEqualTo(REMOTE);
            var back = plat.translate(udp4(REMOTE, 53, out.source(), out.sourcePort(), payload(78)));
            var atHost = clat.translate(back.octets());
            assertThat(atHost.source()).isEqualTo(REMOTE);
            assertThat(atHost.destination()).isEqualTo(HOST_V4);
            assertThat(atHost.destinationPort()).isEqualTo(40_000);
            assertThat(atHost.from(28)).isEqualTo(payload(78));
        }
    }
}
