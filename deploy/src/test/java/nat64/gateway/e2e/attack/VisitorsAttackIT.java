// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.e2e.NeedsBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Strangers open sessions to a server inside, and what the server's network may open itself is not used up by that. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class VisitorsAttackIT {

    private AttackBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = AttackBed.start("""
                subscribers: {max-sessions: 200, new-sessions-per-second: 50}
                static-bindings: [{protocol: udp, ipv6: "[2001:db8:1::2]:53", ipv4: "192.52.194.1:53"}]
                """);
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void aSubscriberOpensSessionsWhileStrangersVisitIt() throws Exception {
        int before = bed.udp();
        AttackBed.show("visitors", "before", before);
        var attack = bed.fromOutside(Attack.Kind.VISITORS, 6_000, 300, bed.target("internet", 53));
        while (bed.metric("nat64_dropped_packets_total.*subscriber_inbound_limit") == 0) {
            assertThat(attack.isDone()).as("the attack is over").isFalse();
        }
        int during = bed.udp();
        AttackBed.show("visitors", "during", during);
        AttackBed.await(attack);
        int after = bed.udp();
        AttackBed.show("visitors", "after", after);
        assertThat(new int[] {before, during, after}).containsOnly(20);
    }
}
