// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The DNS64 before two unbounds, which ask an NSD: what clients see, also when upstreams die and strangers flood. */
@ExtendWith(NeedsBed.class)
class RealResolversIT {

    private static final String ZONE = """
            $ORIGIN real.example.net.
            $TTL 300
            @ SOA ns hostmaster 1 7200 900 86400 300
            @ NS ns
            ns A 192.52.193.2
            v4 A 192.52.193.2
            both A 192.52.193.2
            both AAAA 2001:db8:7::1
            alias CNAME v4
            short 1 A 192.52.193.2
            *.wild A 192.52.193.3
            """;

    private static final String GATEWAY = """
            dns64:
              upstreams: [192.52.193.2:5301, 192.52.193.2:5302]
              forward:
                dark.example.net: [192.52.193.99]
              udp-responses-per-second: 0
            """;

    private static final String RESOLVER = "@" + TestBed.GATEWAY_IPV6;
    private static final String MADE = "64:ff9b::c034:c102";

    private final List<Process> servers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        var missing = List.of("unbound", "nsd", "dnsperf").stream()
                .filter(tool -> Commands.locate(tool).isEmpty())
                .toList();
        Assumptions.assumeTrue(missing.isEmpty(), () -> "missing: " + missing + "; deploy/setup installs them");
        bed = Beds.build();
        var directory = bed.directory();
        Files.writeString(directory.resolve("real.zone"), ZONE);
        servers.add(serve("nsd", "-d", "-c", write("nsd.conf", nsd(directory))));
        for (int port : List.of(5301, 5302)) {
            servers.add(serve("unbound", "-d", "-c", write("unbound-" + port, unbound(directory, port))));
        }
        for (int port : List.of(5301, 5302)) {
            Beds.run(
                    bed.server(),
                    "until dig +time=1 +tries=1 @192.52.193.2 -p %d v4.real.example.net | grep -q NOERROR; do sleep 0.1; done"
                            .formatted(port));
        }
        bed.startReadyGateway("--config", write("nat64.yaml", GATEWAY));
    }

    @AfterEach
    void remove() throws Exception {
        servers.forEach(Process::destroyForcibly);
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    @Tag("R-13")
    @Tag("R-11")
    @Tag("R-31")
    void answersAreWhatTheZoneSays() throws Exception {
        assertThat(dig("+short v4.real.example.net AAAA")).isEqualTo(MADE);
        assertThat(dig("+short both.real.example.net AAAA")).isEqualTo("2001:db8:7::1");
        assertThat(dig("+short alias.real.example.net AAAA").lines()).containsExactly("v4.real.example.net.", MADE);
        assertThat(dig("none.real.example.net AAAA")).contains("status: NXDOMAIN", "SOA");
    }

    @Test
    void clientsOfAllKindsGetThem() throws Exception {
        assertThat(Beds.run(bed.client(), "getent ahostsv6 v4.real.example.net"))
                .startsWith(MADE);
        assertThat(Beds.run(bed.client(), "getent hosts alias.real.example.net"))
                .startsWith(MADE);
        assertThat(dig("+dns64prefix")).contains("64:ff9b::/96");
        assertThat(dig("+short +tcp v4.real.example.net AAAA")).isEqualTo(MADE);
        assertThat(Beds.run(bed.client(), "curl -sS http://v4.real.example.net/octets/1000 | wc -c"))
                .startsWith("1000");
    }

    @Test
    @Tag("R-116")
    void oneUpstreamKilledInMidLoadLosesNoQuery() throws Exception {
        var load = load("wild.real.example.net", 1000, 100);
        Beds.await(bed.gateway(), metric("dns64_queries_total", "> 200"));
        servers.get(1).destroyForcibly().waitFor();

        assertThat(load.get(5, TimeUnit.MINUTES))
                .contains("Queries completed:    1000 (100.00%)", "NOERROR 1000 (100.00%)");
    }

    @Test
    @Tag("R-93")
    void allUpstreamsKilledLeaveStaleAnswersAndErrorsThatSayWhy() throws Exception {
        assertThat(dig("+short short.real.example.net AAAA")).isEqualTo(MADE);
        for (var server : servers) {
            server.destroyForcibly().waitFor(); // one that is about to end may still answer
        }
        Beds.await(bed.client(), "dig +edns " + RESOLVER + " short.real.example.net AAAA | grep -q 'Stale Answer'");

        assertThat(dig("+edns short.real.example.net AAAA")).contains("status: NOERROR", MADE, "EDE: 3 (Stale Answer)");
        var unknown = dig("+edns other.real.example.net AAAA");
        assertThat(unknown).contains("status: SERVFAIL", "ANSWER: 0").containsPattern("EDE: 2[23] ");
        assertThat(dig("+short ipv4only.arpa AAAA").lines()).contains("64:ff9b::c000:aa");
    }

    @Test
    @Tag("R-132")
    void aFloodOfRandomNamesLeavesCachedNamesAnswered() throws Exception {
        assertThat(dig("+short v4.real.example.net AAAA")).isEqualTo(MADE);
        var flood = load("dark.example.net", 20_000, 1000);
        // Nothing comes back. Once the first ones have failed, as many wait as ever will; the rest is sent to TCP.
        Beds.await(bed.gateway(), metric("dns64_answers_total.*SERVFAIL", "> 0"));

        var asked = Files.writeString(bed.directory().resolve("cached"), "v4.real.example.net AAAA\n");
        var cached = perform("-d " + asked + " -Q 500 -l 4");
        assertThat(cached)
                .containsPattern("Queries completed: +\\d+ \\(100.00%\\)")
                .containsPattern("NOERROR \\d+ \\(100.00%\\)");
        var other = Beds.run(bed.gateway(), "dig +time=5 +tries=12 +short " + RESOLVER + " both.real.example.net AAAA");
        assertThat(other.strip()).isEqualTo("2001:db8:7::1"); // what is new is asked for other clients, too
        assertThat(flood.get(5, TimeUnit.MINUTES)).contains("SERVFAIL").doesNotContain("NXDOMAIN");
    }

    private static String nsd(Path directory) {
        return """
                server:
                  ip-address: 192.52.193.2@5300
                  username: ""
                  pidfile: "%1$s/nsd.pid"
                  zonesdir: "%1$s"
                  xfrdfile: "%1$s/xfrd"
                  zonelistfile: "%1$s/zones"
                  database: ""
                  rrl-ratelimit: 0
                remote-control:
                  control-enable: no
                zone:
                  name: real.example.net
                  zonefile: "%1$s/real.zone"
                """.formatted(directory);
    }

    private static String unbound(Path directory, int port) {
        return """
                server:
                  interface: 192.52.193.2@%2$d
                  access-control: 0.0.0.0/0 allow
                  username: ""
                  chroot: ""
                  use-syslog: no
                  pidfile: "%1$s/unbound-%2$d.pid"
                  module-config: "iterator"
                  do-ip6: no
                stub-zone:
                  name: real.example.net
                  stub-addr: 192.52.193.2@5300
                """.formatted(directory, port);
    }

    /** Questions for names that nobody asked for before, so many a second. */
    private CompletableFuture<String> load(String domain, int number, int rate) throws IOException {
        var file = bed.directory().resolve(domain);
        Files.writeString(
                file,
                IntStream.range(0, number)
                        .mapToObj(i -> "n" + i + "." + domain + " AAAA\n")
                        .collect(Collectors.joining()));
        return CompletableFuture.supplyAsync(() -> {
            try {
                return perform("-d " + file + " -n 1 -t 30 -q 20000 -Q " + rate);
            } catch (HostException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A line that succeeds if the sum of the samples that match meets a condition. */
    private static String metric(String samples, String condition) {
        return "curl -sS %s | awk '/^%s/ {sum += $NF} END {exit !(sum %s)}'"
                .formatted(TestBed.METRICS_URL, samples, condition);
    }

    private String perform(String options) throws HostException {
        return Beds.run(bed.client(), "dnsperf -s " + TestBed.GATEWAY_IPV6 + " " + options + " 2>&1");
    }

    private String dig(String arguments) throws HostException {
        return Beds.run(bed.client(), "dig +time=30 +tries=1 " + RESOLVER + " " + arguments)
                .strip();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(bed.directory().resolve(name), text).toString();
    }

    private Process serve(String... command) throws IOException {
        return new ProcessBuilder(bed.server().inside(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("/dev/null").toFile())
                .start();
    }
}
