// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.json.Json;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a healthy bed, no line of the doctor is red; each fault turns the line red that names it, and no other. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class DoctorIT {

    private static final String SERVER = TestBed.SERVER_ADDRESS;

    private static TestBed bed;
    private static Path file;

    /** A copy of the program that any user may read, wherever this checkout is. */
    private static Path program;

    @BeforeAll
    static void start() throws Exception {
        bed = Beds.build();
        Beds.run(bed.gateway(), "ip -4 route add default via " + SERVER);
        file = Files.writeString(bed.directory().resolve("nat64.yaml"), "");
        bed.startReadyGateway("--config", file.toString());
        var launcher = Path.of(System.getenv("NAT64_LAUNCHER"));
        program = bed.directory().resolve("program/nat64");
        Beds.run(bed.gateway(), """
                mkdir -p %1$s && cp %2$s/nat64 %2$s/find-jdk %1$s && cp -r %3$s %1$s/lib && chmod -R a+rX %1$s
                """.formatted(program.getParent(), launcher.getParent(), System.getenv("NAT64_LIB")));
    }

    @AfterAll
    static void remove() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void aHealthyGatewayIsGreenForItsClients() throws Exception {
        var report = client();

        assertThat(names(report, "failed")).isEmpty();
        assertThat(names(report, "warning")).isEmpty();
        assertThat(names(report, "skipped")).containsExactly("PREF64", "IPv4 literal");
        assertThat(found(report, "Pref64")).isEqualTo("64:ff9b::/96 (RFC 7050)");
        assertThat(found(report, "DNS64")).isEqualTo("ipv4only.example.org -> 64:ff9b::c034:c102 (192.52.193.2)");
        assertThat(found(report, "large packets")).isEqualTo("1500 bytes pass, as much as the link carries");
        assertThat(report.path("ok").asBoolean()).isTrue();
    }

    @Test
    void aHealthyGatewayIsGreenForItsOperator() throws Exception {
        var report = gateway();

        assertThat(names(report, "failed")).isEmpty();
        assertThat(names(report, "warning")).isSubsetOf("clock", "receive buffers"); // those of this machine
        assertThat(names(report, "ok"))
                .contains(
                        "configuration",
                        "gateway",
                        "processes",
                        "readiness",
                        "host state",
                        "host",
                        "DNS64",
                        "upstreams",
                        "Pref64",
                        "sessions",
                        "pool4",
                        "subscribers",
                        "open files");
    }

    @Test
    void textHasALineForEachCheckAndASummary() throws Exception {
        var text = Beds.run(bed.client(), unprivileged("doctor --client " + options()));

        assertThat(text.lines())
                .anyMatch(line -> line.matches("ok +ping +64:ff9b::c034:c102 answers in [0-9.]+ ms"))
                .last()
                .isEqualTo("no problem, no warning, 2 skipped");
        assertThat(text).doesNotContain("\033");
    }

    @Test
    void aFirewallThatDropsWhatIsForwardedIsNamedOnBothSides() throws Exception {
        Beds.run(bed.gateway(), """
                nft add table ip6 filter
                nft add chain ip6 filter FORWARD '{ type filter hook forward priority 0; policy drop; }'
                """);
        try {
            awaitReadiness("FORWARD drops");
            var ofClient = client();
            assertThat(names(ofClient, "failed")).containsExactly("NAT64");
            assertThat(remedy(ofClient, "NAT64")).contains("run 'nat64 doctor' on the gateway");

            var ofGateway = gateway();
            assertThat(names(ofGateway, "failed")).containsExactly("readiness");
            assertThat(found(ofGateway, "readiness")).contains("ip6 filter FORWARD");
            assertThat(remedy(ofGateway, "readiness")).contains("accept packets from and to nat64");
            assertThat(names(ofGateway, "warning")).contains("firewall");
        } finally {
            Beds.run(bed.gateway(), "nft delete table ip6 filter");
            awaitReadiness("^ready$");
        }
    }

    @Test
    void datagramsThatAreDroppedAreTheOnlyRedLine() throws Exception {
        Beds.run(bed.gateway(), """
                nft add table inet site
                nft add chain inet site forward '{ type filter hook forward priority 0; }'
                nft add rule inet site forward iifname nat64 udp dport 53 drop
                """);
        try {
            var report = client();
            assertThat(names(report, "failed")).containsExactly("UDP");
            assertThat(remedy(report, "UDP")).contains("let UDP pass on the gateway");
        } finally {
            Beds.run(bed.gateway(), "nft delete table inet site");
        }
    }

    /** The gateway's end of the link is narrow, and drops what is larger without a word. */
    @Test
    void largePacketsThatVanishAreTheOnlyRedLine() throws Exception {
        Beds.run(bed.gateway(), "ip link set clients mtu 1400");
        try {
            var report = client();
            assertThat(names(report, "failed")).containsExactly("large packets");
            // An Ethernet link lets pass the 4 bytes of a VLAN tag.
            assertThat(found(report, "large packets")).matches("packets of more than 140[0-4] bytes are lost, .*");
            assertThat(remedy(report, "large packets")).contains("'packet too big'");
        } finally {
            Beds.run(bed.gateway(), "ip link set clients mtu 1500");
        }
    }

    @Test
    void aResolverThatIsNoDns64IsTheOnlyRedLine() throws Exception {
        resolver("64:ff9b::" + SERVER); // the server's own, through the translator
        try {
            var report = client();
            assertThat(names(report, "failed")).containsExactly("Pref64");
            assertThat(found(report, "Pref64"))
                    .contains("64:ff9b::c034:c102 is not a DNS64")
                    .contains("REFUSED");
            assertThat(remedy(report, "Pref64")).contains("let the gateway be the resolver");
            assertThat(found(report, "NAT64")).isEqualTo("packets come back through 64:ff9b::/96, which was assumed");
        } finally {
            resolver(TestBed.GATEWAY_IPV6);
        }
    }

    @Test
    void aResolverThatDoesNotAnswerIsTheOnlyRedLine() throws Exception {
        resolver("2001:db8:1::99");
        try {
            var report = client();
            assertThat(names(report, "failed")).containsExactly("resolver");
            assertThat(remedy(report, "resolver")).contains("port 53");
        } finally {
            resolver(TestBed.GATEWAY_IPV6);
        }
    }

    @Test
    void aHostWithoutIpv6HasOneRedLine() throws Exception {
        var report = report(bed.client(), "unshare --net " + nat64("doctor --client --output json " + options()));

        assertThat(names(report, "failed")).containsExactly("IPv6");
        assertThat(remedy(report, "IPv6")).contains("router advertisements");
    }

    @Test
    void rootHearsThePref64OfRouterAdvertisements() throws Exception {
        var script = Path.of(System.getenv("NAT64_LAUNCHER"), "../../docs/labs/ipv6-only-lan/pref64.py")
                .normalize();
        var link = "$(ip -6 -br address show dev clients | grep -o 'fe80[^/]*')";
        Beds.run(
                bed.gateway(),
                "timeout 120 setsid python3 %s clients %s 64:ff9b::/96 >/dev/null 2>&1 &".formatted(script, link));

        var report = Json.parse(Beds.run(bed.client(), nat64("doctor --client --output json " + options())));

        assertThat(found(report, "PREF64")).startsWith("64:ff9b::/96, by the router advertisement of fe80::");
    }

    private static JsonNode client() throws Exception {
        return report(bed.client(), unprivileged("doctor --client --output json " + options()));
    }

    private static String options() {
        return "--name ipv4only.example.org --target %1$s:80 --resolver %1$s".formatted(SERVER);
    }

    private static String unprivileged(String arguments) {
        return "setpriv --reuid=65534 --regid=65534 --clear-groups " + nat64(arguments);
    }

    private static String nat64(String arguments) {
        return "env --unset=NAT64_LIB %s %s".formatted(program, arguments);
    }

    private static JsonNode gateway() throws Exception {
        return report(
                bed.gateway(),
                "RUNTIME_DIRECTORY=%s %s".formatted(bed.directory(), nat64("doctor --output json --config " + file)));
    }

    /** The exit code is 1 if, and only if, a line is red. */
    private static JsonNode report(Namespace host, String line) throws Exception {
        var result = Beds.attempt(host, line);
        var report = Json.parse(result.output());
        assertThat(result.exitCode())
                .as(result.output())
                .isEqualTo(report.path("ok").asBoolean() ? 0 : 1);
        return report;
    }

    private static List<String> names(JsonNode report, String kind) {
        return checks(report)
                .filter(check -> check.path("result").asText().equals(kind))
                .map(check -> check.path("name").asText())
                .toList();
    }

    private static String found(JsonNode report, String name) {
        return texts(report, "found").getOrDefault(name, "");
    }

    private static String remedy(JsonNode report, String name) {
        return texts(report, "remedy").getOrDefault(name, "");
    }

    private static Map<String, String> texts(JsonNode report, String field) {
        var texts = new LinkedHashMap<String, String>();
        checks(report)
                .forEach(check ->
                        texts.put(check.path("name").asText(), check.path(field).asText()));
        return texts;
    }

    private static Stream<JsonNode> checks(JsonNode report) {
        assertThat(report.path("checks")).isNotEmpty();
        return report.path("checks").valueStream();
    }

    private static void resolver(String address) throws Exception {
        Files.writeString(Path.of("/etc/netns", bed.client().name(), "resolv.conf"), "nameserver " + address + "\n");
    }

    private static void awaitReadiness(String pattern) throws Exception {
        Beds.await(bed.gateway(), "curl -sS %s | grep -q '%s'".formatted(TestBed.READY_URL, pattern));
    }
}
