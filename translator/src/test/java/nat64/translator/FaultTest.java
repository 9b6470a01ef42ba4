// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.testing.PortStub;
import nat64.translator.testing.TestNat64;
import org.junit.jupiter.api.Test;

class FaultTest {

    @Test
    void countsPacketsThatTheDeviceRefuses() {
        assertThat(droppedWhenSending(() -> false)).isEqualTo(DropReason.DEVICE_REFUSED);
    }

    @Test
    void countsItsOwnDefectsAndGoesOn() {
        assertThat(droppedWhenSending(() -> {
                    throw new IllegalStateException("a defect, as far as the translator can tell");
                }))
                .isEqualTo(DropReason.INTERNAL_ERROR);
    }

    private static DropReason droppedWhenSending(BooleanSupplier send) {
        try (var arena = Arena.ofConfined()) {
            var nat64 = PacketTranslator.of(arena, TestNat64.settings(), new PortStub(send), new SplittableRandom(1));
            var octets = MemorySegment.ofArray(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10)));
            var packet = new Packet(arena);
            for (int i = 0; i < 3; i++) {
                MemorySegment.copy(octets, 0, packet.buffer(), Packet.HEADROOM, octets.byteSize());
                nat64.process(packet.received((int) octets.byteSize()), 1_000);
            }
            var dropped = nat64.statistics().fromIpv6().dropped();
            var reasons = dropped.entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .toList();
            assertThat(reasons).hasSize(1);
            assertThat(reasons.getFirst().getValue()).isEqualTo(3);
            return reasons.getFirst().getKey();
        }
    }
}
