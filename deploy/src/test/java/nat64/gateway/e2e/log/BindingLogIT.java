// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.bindinglog.history.BindingHistory;
import nat64.gateway.bindinglog.history.Tenure;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.Capture;
import nat64.gateway.e2e.Fill;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.e2e.attack.Flood;
import nat64.gateway.json.Json;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ten thousand bindings that begin and end, in all formats: {@code -Dnat64.logged=100000} for more. What is true, a
 * capture of the translated packets says.
 */
@ExtendWith(NeedsBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class BindingLogIT {

    private static final int BINDINGS = Integer.getInteger("nat64.logged", 10_000);
    private static final int PER_SECOND = 5000;
    private static final String STRANGER = "192.52.195.9"; // of Fill

    /** Takes what comes, so that no port of a collector is closed. */
    private static final String COLLECTORS = """
            import selectors, socket
            all = selectors.DefaultSelector()
            for port in (514, 4739):
                one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                one.bind(("%s", port))
                all.register(one, selectors.EVENT_READ)
            print("ready", flush=True)
            while True:
                for key, _ in all.select():
                    key.fileobj.recv(65536)
            """.formatted(TestBed.SERVER_ADDRESS);

    private TestBed bed;
    private Process collectors;
    private Path file;
    private Path configuration;
    private LoggedTraffic traffic;
    private Set<String> places;
    private List<JsonNode> starts; // lines about the UDP bindings of Fill
    private List<JsonNode> ends;

    @BeforeAll
    void fill() throws Exception {
        bed = Beds.build();
        bed.gateway().run("ip route add " + Flood.NOWHERE + " via " + TestBed.SERVER_ADDRESS);
        bed.server().run("ip route add blackhole " + Flood.NOWHERE);
        bed.server().run("ip route add 198.18.0.0/16 via " + TestBed.GATEWAY_IPV4);
        collectors = new ProcessBuilder(bed.server().inside(List.of("python3", "-c", COLLECTORS)))
                .redirectErrorStream(true)
                .start();
        assertThat(collectors.inputReader().readLine()).isEqualTo("ready");
        file = bed.directory().resolve("bindings.json");
        configuration = Files.writeString(
                bed.directory().resolve("nat64.yaml"), """
                translator:
                  masquerade: false
                  pool4: [{prefix: 198.18.0.0/24}]
                  max-sessions: %1$d
                  subscribers: {max-sessions: 0, max-ports: 0}
                  lifetimes: {udp: 2m}
                  binding-log:
                    json: {file: %2$s}
                    syslog: {server: "udp://%3$s"}
                    ipfix: {collector: "udp://%3$s"}
                """.formatted(4 * BINDINGS, file, TestBed.SERVER_ADDRESS));
        var captured = bed.directory().resolve("log.pcapng");
        var capture = Capture.start(bed.server(), "eth0", captured); // before the first templates
        bed.startReadyGateway("--config", configuration.toString());
        var mac = Beds.run(bed.gateway(), "cat /sys/class/net/clients/address").strip();
        Fill.run(bed.client(), BINDINGS, PER_SECOND, mac);
        awaitEnds();
        capture.stop();
        traffic = new LoggedTraffic(captured);
        places = traffic.places(STRANGER);
        starts = lines("binding_start");
        ends = lines("binding_end");
    }

    @AfterAll
    void remove() throws Exception {
        collectors.destroy();
        bed.close();
    }

    /** Of the clients that Fill is; the gateway's probes go on. */
    private List<JsonNode> lines(String event) throws IOException {
        return linesAsText(event).map(Json::parse).toList();
    }

    private Stream<String> linesAsText(String event) throws IOException {
        var part = "\"event\":\"" + event + "\",\"protocol\":\"udp\",\"client\":\"" + LoggedTraffic.CLIENTS;
        return Files.readAllLines(file).stream().filter(line -> line.contains(part));
    }

    /** Until every binding that has begun has ended. */
    private void awaitEnds() throws IOException {
        long end = System.nanoTime() + Beds.PATIENCE.toNanos();
        do {
            LockSupport.parkNanos(1_000_000_000);
            assertThat(System.nanoTime()).as("bindings have ended").isLessThan(end);
        } while (linesAsText("binding_end").count()
                < linesAsText("binding_start").count());
    }

    @Test
    void jsonLinesHaveEveryMappingThatWasSeenOnTheWire() {
        assertThat(places).hasSizeGreaterThanOrEqualTo(BINDINGS);
        for (var which : List.of(starts, ends)) {
            assertSame(mappings(which).stream().map(Mapping::place).toList(), places);
        }
    }

    @Test
    void syslogHasTheSameMappings() throws Exception {
        assertSame(traffic.syslog("binding_start"), mappings(starts));
        assertSame(traffic.syslog("binding_end"), mappings(ends));
    }

    @Test
    void ipfixHasTheSameMappings() throws Exception {
        assertSame(traffic.ipfix("10"), mappings(starts));
        assertSame(traffic.ipfix("11"), mappings(ends));
    }

    @Test
    void tsharkFindsNoFault() throws Exception {
        assertThat(traffic.faults()).isEmpty();
    }

    @Test
    void nothingIsCountedAsLost() throws Exception {
        var metrics = Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL);

        assertThat(metrics).contains("nat64_binding_log_events_lost_total 0.0");
        for (var format : List.of("json", "syslog", "ipfix")) {
            assertThat(metrics).contains("nat64_binding_log_records_lost_total{format=\"" + format + "\",} 0.0");
        }
    }

    @Test
    void eachMappingIsFoundBeforeWhileAndAfter() throws Exception {
        var history = BindingHistory.of(List.of(file));
        var endTimes = ends.stream().collect(Collectors.toMap(BindingLogIT::mapping, BindingLogIT::time));
        for (var line : starts) {
            var mapping = mapping(line);
            var begin = time(line);
            var end = requireNonNull(endTimes.get(mapping));

            assertThat(clients(history, mapping, begin.minusMillis(1))).isEmpty();
            assertThat(clients(history, mapping, begin.plusSeconds(60))).containsExactly(mapping.client());
            assertThat(clients(history, mapping, end.plusMillis(1))).isEmpty();
        }
    }

    @Test
    void theCommandTellsTheSame() throws Exception {
        var line = starts.get(BINDINGS / 2);
        var mapping = mapping(line);

        assertThat(who(mapping, time(line).plusSeconds(60)))
                .startsWith("udp " + mapping.place() + " was [" + mapping.client() + "]:" + mapping.clientPort());
        assertThat(who(mapping, time(line).minusMillis(1))).contains("no client had " + mapping.place(), "code 1");
        assertThat(who(mapping, time(line).plusSeconds(600))).contains("no client had " + mapping.place(), "code 1");
    }

    private String who(Mapping mapping, Instant time) throws Exception {
        return Beds.run(
                bed.gateway(),
                "%s who %s %s --config %s 2>&1 || echo code $?"
                        .formatted(System.getenv("NAT64_LAUNCHER"), mapping.place(), time, configuration));
    }

    private static List<String> clients(BindingHistory history, Mapping mapping, Instant time) {
        return history.at(mapping.pool4(), Integer.parseInt(mapping.pool4Port()), time, time).stream()
                .map(Tenure::client)
                .toList();
    }

    /** Without a list of ten thousand in the message. */
    private static <T> void assertSame(Collection<T> logged, Collection<T> expected) {
        var missing = new HashSet<>(expected);
        missing.removeAll(new HashSet<>(logged));
        var added = new HashSet<>(logged);
        added.removeAll(new HashSet<>(expected));

        assertThat(missing.stream().limit(9))
                .as("%d are missing", missing.size())
                .isEmpty();
        assertThat(added.stream().limit(9)).as("%d are too many", added.size()).isEmpty();
        assertThat(logged.size()).isEqualTo(expected.size());
    }

    private static List<Mapping> mappings(List<JsonNode> lines) {
        return lines.stream().map(BindingLogIT::mapping).toList();
    }

    private static Mapping mapping(JsonNode line) {
        return new Mapping(
                line.path("client").asText(),
                line.path("client_port").asText(),
                line.path("pool4").asText(),
                line.path("pool4_port").asText());
    }

    private static Instant time(JsonNode line) {
        return Instant.parse(line.path("time").asText());
    }
}
