// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts that open all sessions they can, against tables that are small, with limits as they are by default. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class FullTablesAttackIT {

    private static final int PER_SECOND = 12_000;
    private static final int PACKETS = 25 * PER_SECOND;

    private AttackBed bed;

    /** The success of a client, of twenty attempts each. */
    private record Success(int udp, int tcp, int pings) {
        static final Success WHOLE = new Success(20, 20, 20);
    }

    @BeforeEach
    void start() throws Exception {
        bed = AttackBed.start("max-sessions: 20000");
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void oneHostTakesItsShareAndNoMore() throws Exception {
        suffer(Attack.Kind.ONE_HOST);
        assertThat(bed.metric("nat64_dropped_packets_total.*subscriber_session_limit"))
                .isGreaterThan(PACKETS / 10);
        assertThat(log()).contains("subscriber_session_limit");
    }

    @Test
    void randomHostsLeaveRoomInAllTables() throws Exception {
        suffer(Attack.Kind.RANDOM_HOSTS);
        for (var protocol : List.of("tcp", "udp", "icmp")) {
            assertThat(bed.metric("nat64_sessions_ended_early_total.*" + protocol))
                    .as(protocol)
                    .isGreaterThan(PACKETS / 10);
        }
        assertThat(log()).contains("ended early");
    }

    private void suffer(Attack.Kind kind) throws Exception {
        var name = "full tables, " + kind;
        var before = success();
        AttackBed.show(name, "before", before);
        var attack = bed.fromInside(kind, PACKETS, PER_SECOND);
        Beds.await(
                bed.bed.gateway(),
                "[ $(curl -sS " + TestBed.METRICS_URL
                        + " | sed -n 's/^nat64_sessions.protocol=\"udp\",. //p' | cut -d. -f1) -gt 4000 ]");
        var during = success();
        boolean isDuring = !attack.isDone();
        AttackBed.show(name, isDuring ? "during" : "during and shortly after", during);
        AttackBed.await(attack);
        var after = success();
        AttackBed.show(name, "after", after);
        assertThat(List.of(before, during, after)).containsOnly(Success.WHOLE);
    }

    private Success success() throws HostException {
        return new Success(bed.udp(), bed.tcp(), bed.pings());
    }

    private String log() throws HostException {
        return Beds.run(bed.bed.gateway(), "cat " + bed.bed.directory().resolve("gateway.log"));
    }
}
