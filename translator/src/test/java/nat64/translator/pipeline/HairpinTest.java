// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.packet.DropReason;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One IPv6 host speaks to another by its pool4 address. */
class HairpinTest {

    private static final byte[] NO_DATA = {};

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    @Tag("C-199")
    @Tag("C-200")
    @Tag("C-201")
    void turnsATcpConnectionAround() {
        var other = nat64.translate(tcp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 80, "S", NO_DATA));
        var syn = nat64.translate(tcp6(CLIENT, 1000, outside(other), other.sourcePort(), "S", NO_DATA));
        assertThat(syn.destination()).isEqualTo(Wire.address(OTHER_CLIENT));
        assertThat(syn.destinationPort()).isEqualTo(2000);
        assertThat(syn.octets()[7]).as("one hop in all").isEqualTo((byte) 63);
        assertThat(syn.source()).as("the caller's own address outside").startsWith("2001:db8:64:");
        var answer = nat64.translate(tcp6(OTHER_CLIENT, 2000, syn.source(), syn.sourcePort(), "SA", NO_DATA));
        assertThat(answer.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(answer.destinationPort()).isEqualTo(1000);
        assertThat(answer.source()).isEqualTo(Wire.address(outside(other)));
        assertThat(answer.sourcePort()).isEqualTo(other.sourcePort());
        nat64.translate(tcp6(CLIENT, 1000, outside(other), other.sourcePort(), "PA", payload(100)));
        assertThat(nat64.sessions(Protocol.TCP))
                .as("one for each host, and the first")
                .isEqualTo(3);
    }

    @Test
    @Tag("C-199")
    @Tag("C-200")
    @Tag("C-202")
    void turnsUdpAround() {
        var other = nat64.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
        var there = nat64.translate(udp6(CLIENT, 1000, outside(other), other.sourcePort(), payload(50)));
        assertThat(there.destination()).isEqualTo(Wire.address(OTHER_CLIENT));
        var back = nat64.translate(udp6(OTHER_CLIENT, 2000, there.source(), there.sourcePort(), payload(60)));
        assertThat(back.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(back.source()).isEqualTo(Wire.address(outside(other)));
    }

    /**
     * An echo has one identifier only, and it becomes the caller's: it can't name the binding of the other host too.
     */
    @Test
    @Tag("C-119")
    @Tag("C-186")
    void dropsAnEchoToABindingOfAnotherIdentifier() {
        var other = nat64.translate(echo6(OTHER_CLIENT, SERVER_IN_PREF64, true, 7, 1));
        var error = nat64.translate(echo6(CLIENT, outside(other), true, other.icmpIdentifier(), 1));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(3);
        assertThat(nat64.drops()).containsExactly(DropReason.NO_BINDING);
    }

    @Test
    @Tag("C-197")
    void turnsAnIcmpErrorAround() {
        var other = nat64.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
        var there = nat64.translate(udp6(CLIENT, 1000, outside(other), other.sourcePort(), payload(50)));
        var error = nat64.translate(error6(OTHER_CLIENT, there.source(), 1, 4, 0, there.octets()));
        assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(4);
        var quoted = error.quoted();
        assertThat(quoted.source()).isEqualTo(Wire.address(CLIENT));
        assertThat(quoted.sourcePort()).isEqualTo(1000);
        assertThat(quoted.destination()).isEqualTo(Wire.address(outside(other)));
        assertThat(quoted.destinationPort()).isEqualTo(other.sourcePort());
    }

    private static String outside(Wire translated) {
        return "2001:db8:64::" + translated.source();
    }
}
