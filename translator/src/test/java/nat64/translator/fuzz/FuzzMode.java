// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.pipeline.Nat64;
import nat64.translator.pipeline.TranslatorStatistics;
import nat64.translator.testing.TestNat64;

/** The modes of the translator, each at 2001:db8:64::/96 with IPv6 hosts in 2001:db8:1::/64. */
enum FuzzMode {
    NAT64 {
        @Override
        Subject start(Arena arena, PacketPort port) {
            var nat64 = new Nat64(arena, TestNat64.settings(), port, new SplittableRandom(6146));
            return new Subject() {
                @Override
                public void process(Packet packet, long now) {
                    nat64.process(packet, now);
                }

                @Override
                public void expire(long now) {
                    nat64.expire(now);
                }

                @Override
                public long defects() {
                    return defectsIn(nat64.statistics());
                }
            };
        }
    };

    abstract Subject start(Arena arena, PacketPort port);

    /** What is common to the translators of all modes. */
    interface Subject {

        void process(Packet packet, long now);

        void expire(long now);

        /** Packets that met a defect so far. */
        long defects();
    }

    private static long defectsIn(TranslatorStatistics statistics) {
        return statistics.fromIpv6().dropped().getOrDefault(DropReason.INTERNAL_ERROR, 0L)
                + statistics.fromIpv4().dropped().getOrDefault(DropReason.INTERNAL_ERROR, 0L);
    }
}
