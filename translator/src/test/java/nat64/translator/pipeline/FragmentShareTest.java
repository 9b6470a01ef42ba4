// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers fill the store of fragments that wait for their first, and the fragments of others still find room. */
class FragmentShareTest {

    private static final int FLOOD = 2_000;

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());
    private final Random random = new Random(5722);

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    void aFloodFromManyIpv4SourcesLeavesRoomForClients() {
        floodFromIpv4(true);
        assertThat(passedFromClient()).isEqualTo(20);
    }

    @Test
    void aFloodFromOneIpv4SourceLeavesRoomForServers() {
        var out = nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        floodFromIpv4(false);
        int passed = 0;
        for (int id = 0; id < 20; id++) {
            var fragments = ofIpv4(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(2000)), 1200, 100 + id);
            nat64.send(fragments.get(1));
            passed += nat64.send(fragments.get(0)).size() == 2 ? 1 : 0;
            floodFromIpv4(false);
        }
        assertThat(passed).isEqualTo(20);
    }

    @Test
    void aFloodFromOneNetworkOfClientsLeavesRoomForServers() {
        for (int i = 0; i < FLOOD; i++) {
            var source = "2001:db8:1::" + Integer.toHexString(1 + random.nextInt(0xffff));
            nat64.send(Fragments.ofIpv6(udp6(source, 9, SERVER_IN_PREF64, 53, payload(1000)), 504, i)
                    .get(1));
        }
        var out = nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var fragments = ofIpv4(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(2000)), 1200, 7);
        nat64.send(fragments.get(1));
        assertThat(nat64.send(fragments.get(0))).hasSize(2);
    }

    @Test
    void fragmentsOfHostsThatAreNoClientsAreNotStored() {
        var fragments = Fragments.ofIpv6(udp6("2001:db8:2::1", 9, SERVER_IN_PREF64, 53, payload(1000)), 504, 7);
        assertThat(nat64.send(fragments.get(1))).isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.CLIENT_NOT_ALLOWED);
    }

    private int passedFromClient() {
        int passed = 0;
        for (int id = 0; id < 20; id++) {
            var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(2000)), 1200, id);
            nat64.send(fragments.get(1));
            floodFromIpv4(true);
            passed += nat64.send(fragments.get(0)).size() == 2 ? 1 : 0;
        }
        return passed;
    }

    private void floodFromIpv4(boolean manySources) {
        for (int i = 0; i < FLOOD; i++) {
            var source = manySources ? "198.51." + random.nextInt(256) + "." + (1 + random.nextInt(254)) : "192.0.2.9";
            var datagram = udp4(source, 9, "203.0.113.1", 53, payload(1000));
            nat64.send(ofIpv4(datagram, 504, random.nextInt(0x10000)).get(1));
        }
    }

    private static List<byte[]> ofIpv4(byte[] whole, int size, int identification) {
        whole[4] = (byte) (identification >>> 8);
        whole[5] = (byte) identification;
        return Fragments.ofIpv4(whole, size);
    }
}
