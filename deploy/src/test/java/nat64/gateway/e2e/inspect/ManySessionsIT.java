// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.Fill;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.e2e.attack.Flood;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An operator sorts the sessions of a gateway that has very many, {@code -Dnat64.sorted=1000000}, while packets pass.
 * What the packets waited for is printed, as a test must not depend on what else the machine does.
 */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class ManySessionsIT {

    private static final int SESSIONS = Integer.getInteger("nat64.sorted", 20_000);
    private static final int PER_SECOND = 50_000;
    private static final int LIMIT = 20;
    private static final int PINGS = Math.max(3_000, SESSIONS / 100);
    private static final Pattern AGE = Pattern.compile("\"age_seconds\" : (\\d+)");
    private static final Pattern ROUND_TRIP = Pattern.compile("time=([0-9.]+) ms");

    private TestBed bed;
    private Path file;

    @BeforeEach
    void fill() throws Exception {
        bed = Beds.build();
        bed.gateway().run("ip route add " + Flood.NOWHERE + " via " + TestBed.SERVER_ADDRESS);
        bed.server().run("ip route add blackhole " + Flood.NOWHERE);
        bed.server().run("ip route add 198.18.0.0/16 via " + TestBed.GATEWAY_IPV4);
        file = Files.writeString(bed.directory().resolve("nat64.yaml"), """
                translator:
                  masquerade: false
                  pool4: [{prefix: 198.18.0.0/24}]
                  max-sessions: %d
                  subscribers: {max-sessions: 0, max-ports: 0}
                  lifetimes: {udp: 1h}
                """.formatted(SESSIONS + SESSIONS / 5));
        bed.startReadyGateway("--config", file.toString());
        Beds.run(bed.client(), "ping -c 1 -W 20 " + server());
        Fill.run(
                bed.client(),
                SESSIONS,
                PER_SECOND,
                Beds.run(bed.gateway(), "cat /sys/class/net/clients/address").strip());
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void theOldestAreListedWhilePacketsPass() throws Exception {
        var alone = ping().join();

        var beside = ping();
        var millis = new ArrayList<Long>();
        while (!beside.isDone()) {
            long begin = System.nanoTime();
            var ages = ages();
            millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            assertThat(ages).hasSize(LIMIT).isSortedAccordingTo(Comparator.reverseOrder());
        }

        assertThat(beside.join()).hasSize(PINGS);
        System.out.printf(
                "%,d sessions: %d lists took %s ms%nround trips alone:  %s%nround trips beside: %s%n",
                SESSIONS, millis.size(), millis, percentiles(alone), percentiles(beside.join()));
    }

    /** In seconds, of the sessions that are listed. */
    private List<Integer> ages() throws HostException {
        var output = Beds.run(
                bed.gateway(),
                "RUNTIME_DIRECTORY=%s %s sessions --limit %d --sort age --output json --config %s"
                        .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), LIMIT, file));
        return AGE.matcher(output)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** Round trips in milliseconds, of pings a millisecond apart. */
    private CompletableFuture<List<Double>> ping() {
        return Beds.inBackground(bed.client(), "ping -i 0.001 -c %d -W 20 %s".formatted(PINGS, server()))
                .thenApply(output -> ROUND_TRIP
                        .matcher(output)
                        .results()
                        .map(found -> Double.valueOf(found.group(1)))
                        .toList());
    }

    private static String percentiles(List<Double> roundTrips) {
        var sorted = roundTrips.stream().sorted().toList();
        return "median %.3f ms, 99 %% %.3f ms, 99.9 %% %.3f ms, longest %.3f ms"
                .formatted(
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.get(sorted.size() * 999 / 1000),
                        sorted.getLast());
    }

    private static String server() {
        return "64:ff9b::" + TestBed.SERVER_ADDRESS;
    }
}
