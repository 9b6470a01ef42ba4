// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.SessionView;

/**
 * A translator, stateful or stateless: a packet goes in on one side, and what becomes of it goes out through the port.
 * Knows neither clock nor thread: the caller, always the same thread, says what time it is. Times are milliseconds that
 * never run backwards.
 */
public sealed interface Mode permits Nat64, Siit {

    /**
     * The translator that the settings describe. All memory comes from the arena, which must outlive it.
     *
     * @param random nobody outside may be able to guess it
     */
    static Mode of(Arena arena, ModeSettings settings, PacketPort port, RandomGenerator random) {
        return switch (settings) {
            case TranslatorSettings stateful -> new Nat64(arena, stateful, port, random);
            case SiitSettings stateless -> new Siit(arena, stateless, port, random);
        };
    }

    /** Translates and sends one packet that has just been received, or drops and counts it. Never throws. */
    void process(Packet packet, long now);

    /** Ends some sessions whose time has come. True if there may be more. */
    boolean expire(long now);

    /** Any thread may ask. */
    TranslatorStatistics statistics();

    /** Some sessions, {@code most} at most; on the thread that processes packets. */
    List<SessionView> sessions(int most, long now);
}
