// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Daemon;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One gateway follows another, and its clients do not have to begin anew. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class RestartIT {

    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final Pattern SAMPLE = Pattern.compile("\\[(\\d+\\.\\d+)] \\d+ bytes from");
    private static final long OCTETS = 150_000_000; // twelve seconds
    private static final int IDLE = 10_000;
    private static final int LIVE = 4; // a ping, datagrams, and two connections of iperf3

    /** No session of a probe, which would count. */
    private static final String ROOM_FOR_IDLE = "translator: {device: {probe: false}, max-sessions: 20000,"
            + " subscribers: {max-sessions: 0, max-ports: 0}}\n";

    /** A bound only, for a busy machine: the figures that count are printed. */
    private static final double LONGEST_SILENCE = 30;

    private TestBed bed;
    private String configuration;

    /** How the first gateway ends. */
    enum End {
        REPLACED,
        HANDED_OVER,
        KILLED
    }

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void liveFlowsGoOnAndIdleSessionsAreKept(End end) throws Exception {
        Beds.run(bed.gateway(), "ip -4 route add default via " + TestBed.SERVER_ADDRESS);
        var before = HostSnapshot.of(bed.gateway());
        configure(ROOM_FOR_IDLE);
        var first = bed.startReadyGateway("--config", configuration);
        long idle = fill();
        var ping = inBackground("ping -D -i 0.05 %1$s >%2$s/ping & echo $! >%2$s/ping.pid; wait || true"
                .formatted(SERVER, bed.directory()));
        Beds.run(bed.server(), "iperf3 -s -1 -D");
        var transfer = inBackground("iperf3 -c %s -b 100M -n %d".formatted(SERVER, OCTETS));
        var datagrams = inBackground("""
            exec 3<>/dev/udp/%1$s/7 && printf before >&3 && timeout 60 head -c 6 <&3 && touch %2$s/spoken
            while [ ! -e %2$s/restarted ]; do sleep 0.1; done; printf %%s -after >&3; timeout 60 head -c 6 <&3
            """.formatted(SERVER, bed.directory()));
        Beds.await(
                bed.client(),
                "[ -e %s/spoken ] && [ $(ss -Htn state established | wc -l) -ge 2 ]".formatted(bed.directory()));
        awaitMetric("nat64_kept_sessions_records", idle + LIVE);

        var second = restart(first, end);

        awaitMetric("nat64_kept_sessions_found_total{result=\"adopted\",}", idle + LIVE);
        Files.createFile(bed.directory().resolve("restarted"));
        assertThat(datagrams.get(5, TimeUnit.MINUTES)).isEqualTo("before-after");
        assertThat(transfer.get(5, TimeUnit.MINUTES)).contains("receiver");
        assertThat(udpSessions()).isGreaterThanOrEqualTo(idle);
        assertThat(Beds.run(bed.client(), "dig +short +tries=3 ipv4only.example.org AAAA"))
                .startsWith("64:ff9b::");
        assertThat(second.log()).contains("auto: DNS on " + TestBed.GATEWAY_IPV6 + " of clients");
        Beds.run(bed.client(), "kill -INT $(cat %s/ping.pid)".formatted(bed.directory()));
        ping.get(5, TimeUnit.MINUTES);
        var answers = Files.readString(bed.directory().resolve("ping"));
        System.out.printf("%s: longest silence %.2f s%n", end, longestGap(answers));
        assertThat(longestGap(answers)).isLessThan(LONGEST_SILENCE);
        assertThat(answers).doesNotContain("Destination unreachable");

        second.terminate();
        second.awaitEnd(Beds.PATIENCE);
        assertThat(HostSnapshot.of(bed.gateway()).lines()).containsExactlyElementsOf(before.lines());
    }

    private Daemon restart(Daemon first, End end) throws HostException {
        switch (end) {
            case REPLACED -> {
                var second = bed.startGateway("--take-over", "--config", configuration);
                assertThat(first.awaitEnd(Beds.PATIENCE)).as(first.log()).isZero();
                second.awaitReady(TestBed.READY_URL, Beds.PATIENCE);
                return second;
            }
            case HANDED_OVER -> first.handOver();
            case KILLED -> first.kill();
        }
        first.awaitEnd(Beds.PATIENCE);
        return bed.startReadyGateway("--config", configuration);
    }

    @Test
    void aGatewayThatIsStoppedKeepsThemToo() throws Exception {
        configure(ROOM_FOR_IDLE);
        var first = bed.startReadyGateway("--config", configuration);
        long sessions = fill();

        first.terminate();
        assertThat(first.awaitEnd(Beds.PATIENCE)).as(first.log()).isIn(0, 143);
        var second = bed.startReadyGateway("--config", configuration);

        assertThat(udpSessions()).isEqualTo(sessions);
        assertThat(metric("nat64_kept_sessions_found_total{result=\"adopted\",}"))
                .as(second.log())
                .isGreaterThanOrEqualTo(sessions);
    }

    private void configure(String text) throws Exception {
        configuration = bed.directory().resolve("nat64.yaml").toString();
        Files.writeString(Path.of(configuration), text);
    }

    /** Opens sessions, and answers how many there are; some datagrams may get lost. */
    private long fill() throws Exception {
        var mac = Beds.run(bed.gateway(), "cat /sys/class/net/clients/address").strip();
        for (int tries = 0; tries < 5 && udpSessions() < IDLE; tries++) {
            Fill.run(bed.client(), IDLE, 5000, mac);
        }
        assertThat(udpSessions()).isGreaterThanOrEqualTo(IDLE);
        return udpSessions();
    }

    private long udpSessions() throws Exception {
        return metric("nat64_sessions{protocol=\"udp\",}");
    }

    @Test
    void aDamagedFileIsRefusedAndTold() throws Exception {
        var first = bed.startReadyGateway();
        Beds.run(bed.client(), "ping -c 2 -i 0.05 -W 20 " + SERVER);
        first.terminate();
        first.awaitEnd(Beds.PATIENCE);
        var file = sessionsFile();
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        var second = bed.startReadyGateway();

        assertThat(second.log())
                .contains("cannot use the sessions kept in " + file)
                .contains("checksum");
        assertThat(metric("nat64_kept_sessions_files_refused_total{reason=\"damaged\",}"))
                .isEqualTo(1);
        assertThat(Beds.run(bed.client(), "ping -c 2 -i 0.05 -W 20 " + SERVER)).contains(" 0% packet loss");
    }

    @Test
    void whereNothingIsToBeKeptNothingIs() throws Exception {
        configure("restart: {keep-sessions: false}\n");
        bed.startReadyGateway().terminate();
        Beds.await(bed.gateway(), "ls %s/*.sessions >/dev/null 2>&1".formatted(bed.directory()));
        Beds.await(bed.gateway(), "! ls %s/*.undo >/dev/null 2>&1".formatted(bed.directory()));

        var gateway = bed.startReadyGateway("--config", configuration);

        assertThat(Beds.run(bed.gateway(), "ls " + bed.directory())).doesNotContain(".sessions");
        gateway.kill();
        gateway.awaitEnd(Beds.PATIENCE);
        assertThat(Beds.run(bed.gateway(), "ip -o link")).doesNotContain(": nat64:");
    }

    private Path sessionsFile() throws Exception {
        try (var files = Files.list(bed.directory())) {
            return files.filter(file -> file.toString().endsWith(".sessions"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static double longestGap(String answers) {
        double longest = 0;
        double last = Double.NaN;
        var samples = SAMPLE.matcher(answers);
        while (samples.find()) {
            double at = Double.parseDouble(samples.group(1));
            longest = Double.isNaN(last) ? longest : Math.max(longest, at - last);
            last = at;
        }
        return longest;
    }

    private void awaitMetric(String sample, long atLeast) throws Exception {
        Beds.await(
                bed.gateway(),
                "curl -sS %s | grep '^%s ' | awk '{ exit !($NF >= %d) }'"
                        .formatted(TestBed.METRICS_URL, sample, atLeast));
    }

    private long metric(String sample) throws Exception {
        var value = Beds.run(bed.gateway(), "curl -sS %s | grep -F '%s'".formatted(TestBed.METRICS_URL, sample));
        return Math.round(Double.parseDouble(value.substring(value.lastIndexOf(' '))));
    }

    private CompletableFuture<String> inBackground(String line) {
        return Beds.inBackground(bed.client(), line);
    }
}
