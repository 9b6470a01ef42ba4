// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of the DNS64 that are not simple stub resolvers, or ask at one of many addresses. */
@ExtendWith(NeedsBed.class)
class DnsClientsIT {

    @SuppressWarnings("NullAway.Init")
    private TestBed bed;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        file = bed.directory().resolve("nat64.yaml");
    }

    @AfterEach
    void remove() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    /** It sets DO and CD, as if it validated (RFC 6147, section 5.5). */
    @Test
    void aBindBehindTheDns64GetsSynthesizedRecordsIfTheOperatorWantsItSo() throws Exception {
        Assumptions.assumeTrue(Commands.locate("named").isPresent(), "missing: named; deploy/setup installs it");
        var clients = "clients: [192.52.193.0/24]\n";
        Files.writeString(file, clients);
        bed.startReadyGateway("--config", file.toString());
        assertThat(throughBind()).as("by default").isEmpty();

        Files.writeString(file, clients + """
                dns64:
                  views:
                    - {name: forwarder, clients: [%s/32], synthesize-with-cd: always}
                """.formatted(TestBed.SERVER_ADDRESS));
        assertThat(Beds.run(bed.gateway(), command("reload"))).contains(file.toString());
        assertThat(throughBind()).startsWith("64:ff9b::");
    }

    /** What a new BIND, which has nothing in its cache, answers. */
    private String throughBind() throws Exception {
        var configuration = Files.writeString(bed.directory().resolve("named.conf"), forwarder());
        var bind = new ProcessBuilder(
                        bed.server().inside(List.of("named", "-g", "-n", "1", "-c", configuration.toString())))
                .redirectErrorStream(true)
                .redirectOutput(bed.directory().resolve("named.log").toFile())
                .start();
        try {
            var at = "@" + TestBed.SERVER_ADDRESS + " -p 5300 ";
            Beds.await(bed.gateway(), "dig +time=1 +tries=1 " + at + "ns.example.org A | grep -q NOERROR");
            return Beds.run(bed.gateway(), "dig +short " + at + "ipv4only.example.org AAAA");
        } finally {
            bind.destroy();
            bind.waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::]:53", "0.0.0.0:53"})
    void anAnswerLeavesFromTheAddressThatWasAsked(String wildcard) throws Exception {
        var ipv4 = wildcard.startsWith("0");
        var client = ipv4 ? bed.server() : bed.client();
        var known = ipv4 ? TestBed.GATEWAY_IPV4 : TestBed.GATEWAY_IPV6;
        var others = ipv4 ? List.of("192.52.193.7", "192.52.193.8") : List.of("2001:db8:1::7", "2001:db8:1::8");
        for (var other : others) {
            Beds.run(
                    bed.gateway(),
                    "ip address add %s/%d dev $(ip -o address show to %s | awk '{print $2}')%s"
                            .formatted(other, ipv4 ? 24 : 64, known, ipv4 ? "" : " nodad"));
        }
        Files.writeString(file, """
                clients: ["2001:db8::/32", 192.52.193.0/24]
                dns64: {listen: ["%s"], upstreams: [%s]}
                """.formatted(wildcard, TestBed.SERVER_ADDRESS));
        bed.startReadyGateway("--config", file.toString());

        for (var address : List.of(known, others.getFirst(), others.getLast())) {
            for (int i = 0; i < 2; i++) { // late, then ready
                assertThat(Beds.run(client, "dig +time=5 +tries=1 +short @" + address + " ipv4only.example.org AAAA"))
                        .as(address)
                        .startsWith("64:ff9b::");
            }
        }
    }

    private String forwarder() {
        return """
                options {
                  directory "%1$s";
                  pid-file none;
                  session-keyfile none;
                  listen-on port 5300 { %2$s; };
                  listen-on-v6 { none; };
                  allow-query { any; };
                  forward only;
                  forwarders { %3$s; };
                  dnssec-validation no;
                };
                controls { };
                """.formatted(bed.directory(), TestBed.SERVER_ADDRESS, TestBed.GATEWAY_IPV4);
    }

    private String command(String arguments) {
        return "RUNTIME_DIRECTORY=%s %s %s --config %s"
                .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), arguments, file);
    }
}
