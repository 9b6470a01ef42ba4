// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/**
 * A translator, stateful or stateless, or one worker's part of it: a packet goes in on one side, and what becomes of it
 * goes out through the port. It knows neither clock nor thread: the caller, always the same thread, passes the time.
 * Times are milliseconds that never run backwards.
 */
public sealed interface PacketTranslator permits StatefulTranslator, Siit {

    /** The most packets that are ever processed together. */
    int MOST_AT_ONCE = 16;

    /**
     * The translator that the settings describe. All memory comes from the arena, which must outlive it.
     *
     * @param random not predictable by other hosts
     */
    static PacketTranslator of(
            Arena arena, PacketTranslatorSettings settings, PacketPort port, RandomGenerator random) {
        return of(arena, settings, List.of(port), random).getFirst();
    }

    /**
     * As {@link #of(Arena, PacketTranslatorSettings, PacketPort, RandomGenerator)}, a part for each port, for a thread
     * each.
     */
    static List<? extends PacketTranslator> of(
            Arena arena, PacketTranslatorSettings settings, List<? extends PacketPort> ports, RandomGenerator random) {
        return switch (settings) {
            case TranslatorSettings stateful -> Nat64.several(arena, stateful, ports, random);
            case SiitSettings stateless -> Siit.several(arena, stateless, ports, random);
        };
    }

    /**
     * Translates and sends one packet that has just been received, or drops and counts it. Never throws. The port may
     * keep it until {@link #flush}.
     */
    void process(Packet packet, long now);

    /** How many packets should be read before the first of them is translated: {@link #MOST_AT_ONCE} or fewer. */
    default int packetsAtOnce() {
        return 1;
    }

    /**
     * As {@link #process(Packet, long)}, of the first packets of some in their order, {@link #MOST_AT_ONCE} at most.
     */
    void process(Packet[] packets, int count, long now);

    /** Sends what the port has kept; to be called before waiting for more packets. */
    void flush();

    /** Does some of what is due at this time, such as ending sessions. True if there may be more. */
    boolean expire(long now);

    /** The traffic of this part, and the tables of all parts; any thread may call it. */
    TranslatorStatistics statistics();

    /**
     * Prepares a change of settings for all parts. Nothing changes yet; any thread may call it.
     *
     * @return to be run by the thread of any one part, step by step, between packets
     * @throws IllegalArgumentException if the change needs a restart; the message says which setting
     */
    SettingsChange reconfigure(PacketTranslatorSettings settings);
}
