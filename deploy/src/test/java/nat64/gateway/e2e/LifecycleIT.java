// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway does to its host, and what is left when it is gone. */
@ExtendWith(NeedsBed.class)
class LifecycleIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PING = "ping -c 2 -i 0.05 -W 20 64:ff9b::192.52.193.2";

    @SuppressWarnings("NullAway.Init")
    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void terminatedItTakesDownAllThatItSetUp() throws Exception {
        // A hardened host that hears router advertisements and already forwards a little: hard to give back exactly.
        Beds.run(
                bed.gateway(),
                "cd /proc/sys/net; echo 1 > ipv6/conf/internet/accept_ra; echo 1 > ipv4/conf/clients/forwarding;"
                        + " echo 0 > ipv4/conf/all/accept_redirects");
        var before = HostSnapshot.of(bed.gateway());
        var gateway = bed.startReadyGateway();
        assertThat(HostSnapshot.of(bed.gateway())).isNotEqualTo(before);

        gateway.terminate();
        int exitCode = gateway.awaitEnd(PATIENCE);

        assertThat(exitCode).as(gateway.log()).isIn(0, 143);
        assertThat(HostSnapshot.of(bed.gateway()).lines()).containsExactlyElementsOf(before.lines());
        assertThat(Beds.run(bed.gateway(), "ls " + bed.directory())).doesNotContain(".undo");
    }

    /** On an idle machine, a gateway is ready after a second. */
    @ParameterizedTest
    @ValueSource(ints = {300, 500, 600, 700, 800, 900, 1000, 1200, 1500, 2000})
    void terminatedDuringItsStartItTakesDownWhatItHasSetUp(int millis) throws Exception {
        Beds.run(bed.gateway(), "ip -4 route add default via " + TestBed.SERVER_ADDRESS);
        var before = HostSnapshot.of(bed.gateway());

        var gateway = bed.startGateway();
        Thread.sleep(millis); // the moment of the signal; nothing waits for it
        gateway.terminate();

        assertThat(gateway.awaitEnd(PATIENCE)).as(gateway.log()).isIn(0, 143);
        assertThat(HostSnapshot.of(bed.gateway()).lines()).containsExactlyElementsOf(before.lines());
        assertThat(Beds.run(bed.gateway(), "ls " + bed.directory())).doesNotContain(".undo");
    }

    @Test
    void killedItLeavesNothingThatTheNextStartDoesNotMend() throws Exception {
        var before = HostSnapshot.of(bed.gateway());
        var killed = bed.startReadyGateway();
        Beds.run(bed.client(), PING);
        killed.kill();
        killed.awaitEnd(PATIENCE);

        var second = bed.startReadyGateway();
        assertThat(Beds.run(bed.client(), PING)).contains(" 0% packet loss");
        second.terminate();
        second.awaitEnd(PATIENCE);

        assertThat(HostSnapshot.of(bed.gateway()).lines()).containsExactlyElementsOf(before.lines());
    }

    @Test
    void aSecondGatewayIsRefusedAndTheFirstGoesOn() throws Exception {
        bed.startReadyGateway();
        var running = HostSnapshot.of(bed.gateway());

        var alsoTranslator = bed.directory().resolve("translator.yaml");
        Files.writeString(alsoTranslator, "role: translator\nadmin:\n  enabled: false\n");

        var second = bed.startGateway("--config", alsoTranslator.toString());

        assertThat(second.awaitEnd(PATIENCE)).isEqualTo(1);
        assertThat(second.log()).contains("another gateway is already running here");
        assertThat(HostSnapshot.of(bed.gateway())).isEqualTo(running);
        assertThat(Beds.run(bed.client(), PING)).contains(" 0% packet loss");
    }

    @Test
    void aRouteThatIsInTheWayIsNamedAndNothingChanges() throws Exception {
        Beds.run(bed.gateway(), "ip -6 route add 64:ff9b::/96 via " + TestBed.CLIENT_ADDRESS);
        var before = HostSnapshot.of(bed.gateway());

        var gateway = bed.startGateway();

        assertThat(gateway.awaitEnd(PATIENCE)).isEqualTo(1);
        assertThat(gateway.log()).contains("64:ff9b::/96 via " + TestBed.CLIENT_ADDRESS);
        assertThat(HostSnapshot.of(bed.gateway())).isEqualTo(before);
    }
}
