// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.HostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Strangers without a binding send later fragments whose first never come. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class FragmentAttackIT {

    private static final int PER_SECOND = 6_000;

    private AttackBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = AttackBed.start("");
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void theDatagramsOfAClientThatArriveReversedStillPass() throws Exception {
        int before = reversed();
        AttackBed.show("fragments", "before", before);
        var attack = bed.fromOutside(Attack.Kind.FRAGMENTS, 20 * PER_SECOND, PER_SECOND, bed.target("internet", 0));
        while (bed.metric("nat64_dropped_packets_total.*fragment_limit") == 0) {
            assertThat(attack.isDone()).as("the attack is over").isFalse();
        }
        int during = reversed();
        assertThat(attack.isDone()).as("the attack is over").isFalse();
        AttackBed.show("fragments", "during", during);
        AttackBed.await(attack);
        int after = reversed();
        AttackBed.show("fragments", "after", after);
        assertThat(new int[] {before, during, after}).containsOnly(20);
    }

    private int reversed() throws HostException {
        var command = new ArrayList<>(Attack.java(ReversedDatagrams.class));
        command.add(bed.target("clients", 0).gatewayMac());
        var result = bed.bed.client().attempt(command, Beds.PATIENCE);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return Integer.parseInt(result.output().strip().lines().toList().getLast());
    }
}
