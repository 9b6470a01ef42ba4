// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nat64.gateway.e2e.Beds;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;

/**
 * A bed whose client has addresses in many networks: {@link #OTHER} is that of a client who harms nobody, and each of
 * the others belongs to an attacker. The gateway asks a {@link HostileUpstream}.
 */
final class DnsAttackBed implements AutoCloseable {

    /** In a /48 of its own. */
    static final String OTHER = "2001:db8:99::1";

    static final String DNS = TestBed.GATEWAY_IPV6;

    private static final String UPSTREAM = TestBed.SERVER_ADDRESS;
    private static final int UPSTREAM_PORT = 5399;
    private static final String CONFIGURATION = """
            clients: [auto, "2001:db8::/32"]
            dns64:
              upstreams: ["%s:%d"]
            """.formatted(UPSTREAM, UPSTREAM_PORT);

    private final TestBed bed;
    private final Process upstream;

    private DnsAttackBed(TestBed bed, Process upstream) {
        this.bed = bed;
        this.upstream = upstream;
    }

    /**
     * Builds it, and starts the gateway.
     *
     * @param more of its configuration
     * @param javaOptions beside the usual ones; may be empty
     */
    static DnsAttackBed build(String more, String javaOptions) throws HostException, IOException {
        var bed = Beds.build();
        var attackBed = new DnsAttackBed(bed, upstream(bed));
        try {
            Beds.run(bed.client(), Attacker.addAddresses(List.of(OTHER)));
            Beds.run(bed.gateway(), "ip -6 route add 2001:db8:99::/48 dev clients");
            Beds.run(bed.gateway(), "ip -6 route add 2001:db8:a000::/36 dev clients");
            var file = bed.directory().resolve("nat64.yaml");
            Files.writeString(file, CONFIGURATION + more);
            bed.startReadyGatewayWith(javaOptions, "--config", file.toString());
            return attackBed;
        } catch (HostException | IOException e) {
            attackBed.close();
            throw e;
        }
    }

    private static Process upstream(TestBed bed) throws HostException, IOException {
        try {
            return HostileUpstream.start(bed.server(), UPSTREAM, UPSTREAM_PORT);
        } catch (HostException | IOException e) {
            bed.close();
            throw e;
        }
    }

    TestBed hosts() {
        return bed;
    }

    /** Addresses of an attacker in one /64. */
    List<String> sourcesOfOneNetwork(int count) throws HostException {
        return added(Attacker.sources("2001:db8:a000::", count));
    }

    /** Addresses of an attacker, each in a /48 of its own. */
    List<String> sourcesOfManyNetworks(int count) throws HostException {
        return added(IntStream.rangeClosed(1, count)
                .mapToObj("2001:db8:a%03x::1"::formatted)
                .toList());
    }

    private List<String> added(List<String> sources) throws HostException {
        Beds.run(bed.client(), Attacker.addAddresses(sources));
        return sources;
    }

    /** A try of the other client: a question for a name that nobody has asked for. */
    Others askingOver(String transport, String attack) {
        return new Others(
                attack,
                bed.client(),
                "dig +%s +time=3 +tries=2 -b %s @%s $i.%s.example.net A | grep -q NOERROR"
                        .formatted(transport, OTHER, DNS, transport));
    }

    /** Mebibytes of memory that the gateway's JVM has. */
    long residentMebibytes() throws HostException {
        var kibibytes = Beds.run(
                bed.gateway(),
                "{ grep -hs VmRSS $(ip netns pids %s | sed 's,.*,/proc/&/status,') || true; } | sort -n -k2 | tail -1"
                        .formatted(bed.gateway().name()));
        return number(kibibytes) >> 10;
    }

    /** Seconds of processor time that the gateway has taken. */
    double processorSeconds() throws HostException {
        return metric("process_cpu_seconds_total");
    }

    /** The sum of the samples whose lines match. */
    double metric(String sample) throws HostException {
        return Double.parseDouble(Beds.run(
                        bed.gateway(),
                        "curl -sS %s | awk '/^%s/ {sum += $NF} END {print sum + 0}'"
                                .formatted(TestBed.METRICS_URL, sample))
                .strip());
    }

    private static long number(String text) {
        var digits = Pattern.compile("\\d+").matcher(text);
        return digits.find() ? Long.parseLong(digits.group()) : 0;
    }

    @Override
    public void close() throws HostException {
        upstream.destroyForcibly();
        bed.close();
    }
}
