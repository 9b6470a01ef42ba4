// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLongArray;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.packet.Step;
import nat64.translator.translate.Fragmentation;
import nat64.translator.translate.MssClamp;
import nat64.translator.translate.TranslationOptions;

/**
 * The only way out: all that a translator sends, translated or made by itself, is clamped, fragmented where the next
 * link asks for it, handed to the port, and counted. One per worker; any thread may read the counts.
 */
@SuppressWarnings("EnumOrdinal") // one cell per kind, within one run of the program
public final class Egress {

    private final PacketPort port;
    private final Fragmentation fragmentation;
    private final AtomicLongArray own = new AtomicLongArray(OwnPacket.values().length);

    /** All memory comes from the arena, which must outlive this object. */
    public Egress(Arena arena, PacketPort port) {
        this.port = port;
        fragmentation = new Fragmentation(arena);
    }

    /** Packets that the translator makes itself. */
    public enum OwnPacket {
        /** RFC 7915, sections 4.4 and 5.4. */
        ICMP_ERROR,
        /** RFC 6146, section 3.5.2.2: asks whether an idle TCP connection still exists. */
        PROBE,
        /** RFC 5382, section 5: tells an IPv6 host that its TCP connection is not known. */
        RESET
    }

    /** Sends a packet whose headers are parsed or translated; false if the port refused it or one of its fragments. */
    public boolean send(Packet packet, TranslationOptions options) {
        packet.enter(Step.SENDING);
        MssClamp.apply(packet, options);
        if (!fragmentation.isNeeded(packet, options)) {
            return port.send(packet);
        }
        var trace = packet.trace();
        if (trace != null) {
            trace.find(Step.SENDING, "in fragments (RFC 7915, sections 4 and 5.1)");
        }
        return fragmentation.send(packet, port, options);
    }

    /** As {@link #send} for a packet that the translator made itself. */
    public void sendOwn(Packet packet, OwnPacket kind, TranslationOptions options) {
        if (send(packet, options)) {
            own.setOpaque(kind.ordinal(), own.getPlain(kind.ordinal()) + 1);
        }
    }

    /** Sends what the port has kept, and returns how many packets were refused that it had accepted. */
    public int flush() {
        return port.flush();
    }

    /** Packets of a kind sent so far; any thread may ask. */
    public long sent(OwnPacket kind) {
        return own.getOpaque(kind.ordinal());
    }
}
