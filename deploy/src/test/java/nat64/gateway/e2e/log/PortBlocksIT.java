// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
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

/** The hosts of one subscriber open nine hundred bindings, which one block of ports stands for in the log. */
@ExtendWith(NeedsBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PortBlocksIT {

    private static final int BINDINGS = 900;
    private static final int PER_SECOND = 500;
    private static final String STRANGER = "192.52.195.9"; // of Fill
    private static final String SUBSCRIBER = "2001:db8:1::/64";

    private TestBed bed;
    private Path file;
    private Path configuration;
    private Set<String> places;
    private String bound; // what the commands have told while there were bindings
    private String unbound;
    private String pool4;
    private JsonNode start;
    private JsonNode end;

    @BeforeAll
    void fill() throws Exception {
        bed = Beds.build();
        bed.gateway().run("ip route add " + Flood.NOWHERE + " via " + TestBed.SERVER_ADDRESS);
        bed.server().run("ip route add blackhole " + Flood.NOWHERE);
        bed.server().run("ip route add 198.18.0.0/16 via " + TestBed.GATEWAY_IPV4);
        file = bed.directory().resolve("bindings.json");
        configuration = Files.writeString(bed.directory().resolve("nat64.yaml"), """
                translator:
                  masquerade: false
                  pool4: [{prefix: 198.18.0.0/30}]
                  port-blocks: {size: 1024}
                  lifetimes: {udp: 2m}
                  binding-log: {json: {file: %s}}
                admin: {socket: %s}
                """.formatted(
                        file, bed.directory().resolve("admin.sock"))); // not that of another gateway
        var captured = bed.directory().resolve("blocks.pcapng");
        var capture = Capture.start(bed.server(), "eth0", captured);
        bed.startReadyGateway("--config", configuration.toString());
        var mac = Beds.run(bed.gateway(), "cat /sys/class/net/clients/address").strip();
        Fill.run(bed.client(), BINDINGS, PER_SECOND, mac);
        capture.stop();
        places = new LoggedTraffic(captured).places(STRANGER);
        start = await("block_start");
        bound = nat64("who " + places.iterator().next());
        unbound = nat64("who " + freePlace() + " --protocol udp");
        pool4 = nat64("pool4");
        end = await("block_end");
    }

    @AfterAll
    void remove() throws Exception {
        bed.close();
    }

    /** Waits for a record of the clients that Fill is. */
    private JsonNode await(String event) throws IOException {
        long deadline = System.nanoTime() + Beds.PATIENCE.toNanos();
        while (lines(event, SUBSCRIBER).isEmpty()) {
            LockSupport.parkNanos(500_000_000);
            assertThat(System.nanoTime()).as(event).isLessThan(deadline);
        }
        return lines(event, SUBSCRIBER).getFirst();
    }

    private List<JsonNode> lines(String event, String subscriber) throws IOException {
        return Files.readAllLines(file).stream()
                .map(Json::parse)
                .filter(line -> line.path("event").asText().equals(event)
                        && line.path("subscriber").asText().startsWith(subscriber))
                .toList();
    }

    /** A port of the block that no host has had. */
    private String freePlace() {
        int port = start.path("first_port").asInt();
        while (places.contains(start.path("pool4").asText() + ":" + port)) {
            port++;
        }
        return start.path("pool4").asText() + ":" + port;
    }

    private String nat64(String command) throws Exception {
        return Beds.run(
                bed.gateway(),
                "%s %s --config %s 2>&1 || echo code $?"
                        .formatted(System.getenv("NAT64_LAUNCHER"), command, configuration));
    }

    @Test
    void oneBlockHasAllPortsThatWereSeenOnTheWire() {
        assertThat(places).hasSizeGreaterThanOrEqualTo(BINDINGS).allSatisfy(place -> {
            assertThat(place).startsWith(start.path("pool4").asText() + ":");
            assertThat(port(place))
                    .isBetween(
                            start.path("first_port").asInt(),
                            start.path("last_port").asInt());
        });
    }

    @Test
    void theLogHasOneStartAndOneEndAndNoBindings() throws Exception {
        assertThat(lines("block_start", SUBSCRIBER)).hasSize(1);
        assertThat(lines("block_end", SUBSCRIBER)).hasSize(1);
        assertThat(Files.readString(file)).doesNotContain("binding_start", "binding_end");
        assertThat(end.path("first_port")).isEqualTo(start.path("first_port"));
    }

    @Test
    void eachPortIsFoundBeforeWhileAndAfter() throws Exception {
        var begin = time(start);
        var history = BindingHistory.of(List.of(file));
        for (var place : places) {
            assertThat(subscribers(history, place, begin.minusMillis(1))).isEmpty();
            assertThat(subscribers(history, place, begin.plusSeconds(60))).containsExactly(SUBSCRIBER);
            assertThat(subscribers(history, place, time(end).plusMillis(1))).isEmpty();
        }
    }

    @Test
    void theCommandTellsHostsNowAndTheSubscriberOfOtherPorts() {
        assertThat(bound).contains(" is [2001:db8:1::");
        assertThat(unbound).contains("its block of ports", "is of the subscriber " + SUBSCRIBER);
    }

    @Test
    void theCommandTellsTheSubscriberInThePast() throws Exception {
        var place = places.iterator().next();

        assertThat(nat64("who " + place + " " + time(start).plusSeconds(60)))
                .startsWith("any protocol " + place + " was of the subscriber " + SUBSCRIBER);
        assertThat(nat64("who " + place + " " + time(start).minusMillis(1)))
                .contains("no client had " + place, "code 1");
    }

    @Test
    void pool4HasItsBlocks() {
        assertThat(pool4)
                .contains("BLOCKS USED")
                .containsPattern(start.path("pool4").asText() + " +[12] +0 +6[12]");
    }

    private static List<String> subscribers(BindingHistory history, String place, Instant time) {
        return history.at(place.substring(0, place.indexOf(':')), port(place), time, time).stream()
                .map(Tenure::client)
                .toList();
    }

    private static int port(String place) {
        return Integer.parseInt(place.substring(place.indexOf(':') + 1));
    }

    private static Instant time(JsonNode line) {
        return Instant.parse(line.path("time").asText());
    }
}
