// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;

/** Packets as a worker has them, for tests below the pipeline. Unset bytes are 0xa5. */
public final class TestPacket {

    private TestPacket() {}

    /** A packet that was received and not parsed. */
    public static Packet received(byte[] bytes) {
        var packet = new Packet(Arena.ofAuto());
        packet.buffer().fill((byte) 0xa5);
        return received(packet, bytes);
    }

    /** The same packet, received anew. */
    public static Packet received(Packet packet, byte[] bytes) {
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, packet.buffer(), Packet.HEADROOM, bytes.length);
        return packet.received(bytes.length);
    }

    /** A packet that was parsed without error. */
    public static Packet parsed(byte[] bytes) {
        return parse(received(bytes));
    }

    /** A super-packet that was parsed without error, with a partial checksum. */
    public static Packet parsedSuperPacket(byte[] bytes, Packet.Segmentation kind, int segmentBytes) {
        return parse(received(bytes).received(bytes.length, true, kind, segmentBytes, false));
    }

    /** The packet as it would be sent now. */
    public static Wire wire(Packet packet) {
        return new Wire(packet.buffer().asSlice(packet.start(), packet.length()).toArray(ValueLayout.JAVA_BYTE));
    }

    private static Packet parse(Packet packet) {
        assertThat(new PacketParser().parse(packet)).isEqualTo(DropReason.NONE);
        return packet;
    }
}
