// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No port or no room is left: nothing new begins, and what lives goes on. */
class ExhaustionTest {

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
}
