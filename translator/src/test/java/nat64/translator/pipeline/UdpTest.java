// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.POOL4;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nat64.translator.address.Ipv4Address;
import nat64.translator.packet.DropReason;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UdpTest {

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    void translatesThereAndBack() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        assertThat(out.version()).isEqualTo(4);
        assertThat(POOL4.contains(Ipv4Address.parse(out.source()))).isTrue();
        assertThat(out.destination()).isEqualTo(SERVER);
        assertThat(out.destinationPort()).isEqualTo(53);
        assertThat(out.from(28)).isEqualTo(payload(100));

        var back = nat64.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(333)));
        assertThat(back.version()).isEqualTo(6);
        assertThat(back.source()).isEqualTo(Wire.address(SERVER_IN_PREF64));
        assertThat(back.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(back.sourcePort()).isEqualTo(53);
        assertThat(back.destinationPort()).isEqualTo(40_000);
        assertThat(back.from(48)).isEqualTo(payload(333));
    }

    @Test
    @Tag("C-134")
    void keepsOneMappingForAllDestinations() {
        var one = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        var other = nat64.translate(udp6(CLIENT, 40_000, "2001:db8:64::c633:6403", 99, payload(1)));
        assertThat(other.source()).isEqualTo(one.source());
        assertThat(other.sourcePort()).isEqualTo(one.sourcePort());
        assertThat(nat64.bindings(Protocol.UDP)).isEqualTo(1);
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(2);
    }

    @Test
    @Tag("C-138")
    @Tag("C-139")
    void keepsRangeAndParityOfThePort() {
        for (int port : new int[] {1, 2, 500, 1023, 1024, 40_001, 65_534, 65_535}) {
            var out = nat64.translate(udp6(CLIENT, port, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(out.sourcePort() < 1024).as("range of %d", port).isEqualTo(port < 1024);
            assertThat(out.sourcePort() % 2).as("parity of %d", port).isEqualTo(port % 2);
        }
    }

    @Test
    @Tag("C-135")
    void givesOneHostOneAddressForAllItsPorts() {
        var first = nat64.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
        for (int port = 1001; port < 1100; port++) {
            assertThat(nat64.translate(udp6(CLIENT, port, SERVER_IN_PREF64, 53, payload(1)))
                            .source())
                    .isEqualTo(first.source());
        }
    }

    @Test
    @Tag("C-131")
    void neverGivesOnePortToTwoHosts() {
        var seen = new java.util.HashSet<String>();
        for (int port = 2000; port < 2400; port++) {
            for (var client : new String[] {CLIENT, OTHER_CLIENT}) {
                var out = nat64.translate(udp6(client, port, SERVER_IN_PREF64, 53, payload(1)));
                assertThat(seen.add(out.source() + " " + out.sourcePort())).isTrue();
            }
        }
    }

    @Test
    @Tag("C-206")
    void letsAnyoneAnswerAtABinding() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        var back = nat64.translate(udp4("198.51.100.77", 7, out.source(), out.sourcePort(), payload(9)));
        assertThat(back.source()).isEqualTo(Wire.address("2001:db8:64::c633:644d"));
        assertThat(back.destinationPort()).isEqualTo(40_000);
    }

    @Test
    @Tag("C-152")
    void dropsWhatNobodyAskedForAndTellsItsSender() {
        var sent = nat64.send(udp4(SERVER, 53, "203.0.113.1", 7777, payload(1)));
        assertThat(nat64.dropped(DropReason.NO_BINDING)).isEqualTo(1);
        assertThat(sent).hasSize(1);
        var error = sent.getFirst().assertSound();
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(error.source()).isEqualTo("203.0.113.1");
        assertThat(error.quoted().destinationPort()).isEqualTo(7777);
    }

    @Test
    @Tag("C-151")
    @Tag("C-133")
    void forgetsASessionAfterFiveMinutes() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        nat64.pass(Duration.ofSeconds(299));
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(1);
        nat64.pass(Duration.ofSeconds(2));
        assertThat(nat64.sessions(Protocol.UDP)).isZero();
        assertThat(nat64.bindings(Protocol.UDP)).isZero(); // C-133
        assertThat(nat64.send(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1)))
                        .getFirst()
                        .icmpType())
                .isEqualTo(3);
    }

    @Test
    @Tag("C-155")
    void keepsASessionAliveWithPacketsFromInside() {
        for (int minutes = 0; minutes < 60; minutes += 4) {
            nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.pass(Duration.ofMinutes(4));
        }
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(1);
        assertThat(nat64.table(Protocol.UDP).created()).isEqualTo(1);
    }
}
