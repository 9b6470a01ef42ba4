// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.HostSnapshot;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table of 100,000 mappings: it starts, is reloaded and ends in seconds. The bounds here are those of a machine that
 * is busy with other tests; the times are printed.
 */
@ExtendWith(NeedsBed.class)
class LargeTableIT {

    private static final int MAPPINGS = 100_000;
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FIRST_IPV4 = "192.52.194.7";
    private static final String OTHER_IPV4 = "192.52.194.9";

    @SuppressWarnings("NullAway.Init")
    private TestBed bed;

    @SuppressWarnings("NullAway.Init")
    private Path configuration;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        bed.server().run("ip route add 192.52.194.0/24 via " + TestBed.GATEWAY_IPV4);
        configuration = Files.writeString(
                bed.directory().resolve("nat64.yaml"),
                "role: translator\ntranslator: {mode: siit, stateless: {eam-file: eam.csv}}\n");
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void startsReloadsAndEndsInSeconds() throws Exception {
        var before = HostSnapshot.of(bed.gateway());
        table(FIRST_IPV4, LargeTableIT::apart);
        long began = System.nanoTime();
        var gateway = bed.startReadyGateway("--config", configuration.toString());
        tell("ready", began);
        assertThat(routes("-4")).isEqualTo(MAPPINGS + 1);
        assertThat(answered(FIRST_IPV4)).isEqualTo(3);

        table(OTHER_IPV4, LargeTableIT::apart);
        began = System.nanoTime();
        var reload = "RUNTIME_DIRECTORY=%s %s reload --config %s"
                .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), configuration);
        assertThat(Beds.run(bed.gateway(), reload)).contains("translator.stateless.eam: 1 removed, 1 added");
        tell("reloaded", began);
        assertThat(answered(OTHER_IPV4)).isEqualTo(3);
        assertThat(routes("-4")).isEqualTo(MAPPINGS + 1);

        assertThat(gateway.log().lines()).as("lines of the log").hasSizeLessThan(200);
        began = System.nanoTime();
        gateway.terminate();
        assertThat(gateway.awaitEnd(PATIENCE)).as(gateway.log()).isIn(0, 143);
        tell("ended", began);
        assertThat(HostSnapshot.of(bed.gateway()).lines()).containsExactlyElementsOf(before.lines());
    }

    @Test
    void neighborsShareARoute() throws Exception {
        table(FIRST_IPV4, i -> "20.%d.%d.%d".formatted(i >>> 16, (i >>> 8) & 0xff, i & 0xff));
        bed.startReadyGateway("--config", configuration.toString());

        assertThat(routes("-4")).isLessThan(20);
        assertThat(answered(FIRST_IPV4)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 200})
    void terminatedWhileRoutesAreSetItEndsSoonAndLeavesTheHostAsItWas(int millis) throws Exception {
        var before = HostSnapshot.of(bed.gateway());
        table(FIRST_IPV4, LargeTableIT::apart);
        var gateway = bed.startGateway("--config", configuration.toString());
        Beds.await(bed.gateway(), "ip -4 route get 20.0.0.0 2>&1 | grep 'dev nat64'");
        Thread.sleep(millis); // the moment of the signal; nothing waits for it
        long began = System.nanoTime();
        gateway.terminate();

        assertThat(gateway.awaitEnd(PATIENCE)).as(gateway.log()).isIn(0, 143);
        tell("ended during the set-up", began);
        assertThat(HostSnapshot.of(bed.gateway()).lines()).containsExactlyElementsOf(before.lines());
        assertThat(Beds.run(bed.gateway(), "ls " + bed.directory())).doesNotContain(".undo");
    }

    /** A table whose last mapping is that of the client. */
    private void table(String ofClient, IntFunction<String> ipv4) throws IOException {
        var lines = IntStream.range(0, MAPPINGS)
                .mapToObj(i -> ipv4.apply(i) + ",2001:db8:a:%x:%x::1\n".formatted(i >>> 16, i & 0xffff))
                .collect(Collectors.joining());
        Files.writeString(
                bed.directory().resolve("eam.csv"),
                "ipv4,ipv6\n" + lines + ofClient + "," + TestBed.CLIENT_ADDRESS + "\n");
    }

    /** No two are halves of one prefix. */
    private static String apart(int i) {
        return "20.%d.%d.%d".formatted(i >>> 15, (i >>> 7) & 0xff, (i << 1) & 0xff);
    }

    private int routes(String family) throws Exception {
        return Integer.parseInt(Beds.run(bed.gateway(), "ip " + family + " route show dev nat64 | wc -l")
                .strip());
    }

    /** Of three pings, one by one: after a first answer, ping waits for others only twice as long as that took. */
    private long answered(String ipv4) throws Exception {
        var pings = "for i in {1..3}; do ping -c 1 -W 20 " + ipv4 + "; done";
        return Beds.run(bed.server(), pings)
                .lines()
                .filter(line -> line.contains(" 0% packet loss"))
                .count();
    }

    private static void tell(String what, long began) {
        var took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("100,000 mappings: " + what + " after " + took.toMillis() + " ms");
        assertThat(took).isLessThan(GENEROUS);
    }
}
