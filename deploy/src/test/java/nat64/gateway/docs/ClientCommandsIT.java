// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands with which the documentation tries a gateway work as they are written: on a client that has the
 * documentation's addresses and a CLAT, or on the gateway, with a server that stands in for 8.8.8.8.
 */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class ClientCommandsIT {

    private static final String[] PROGRAMS = {
        "dig", "kdig", "ping", "curl", "rdisc6", "tracepath", "traceroute", "tcpdump", "ip"
    };

    private static TestBed bed;

    static Stream<ShownCommand> commands() throws IOException {
        return ShownCommand.all().stream().filter(ClientCommandsIT::runs);
    }

    static boolean runs(ShownCommand command) {
        return command.runs(PROGRAMS) && !command.line().startsWith("ip netns ");
    }

    @BeforeAll
    static void build() throws Exception {
        bed = Beds.build();
        Beds.run(bed.gateway(), """
                ip address add 2001:db8::1/64 dev clients nodad && ip route add default via %s
                """.formatted(TestBed.SERVER_ADDRESS));
        Beds.run(bed.client(), "ip address add 2001:db8::7/64 dev eth0 nodad");
        Beds.run(bed.server(), "ip address add 8.8.8.8/32 dev lo");
        Files.writeString(Path.of("/etc/netns", bed.client().name(), "hosts"), "2001:db8::1 dns.example.org\n");
        bed.startReadyGateway("--config", encryptedDns().toString());
        bed.startOnClient("--config", clat().toString());
        Beds.await(bed.client(), "ping -c 1 -W 1 8.8.8.8");
        advertise();
    }

    /** The page's own configuration, with files that exist here. */
    private static Path encryptedDns() throws Exception {
        Beds.run(bed.gateway(), """
                cd %s && openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=dns.example.org -days 2 \
                -addext subjectAltName=DNS:dns.example.org -keyout key.pem -out fullchain.pem 2>&1
                """.formatted(bed.directory()));
        var text = firstConfiguration("how-to/encrypted-dns.md").replace("/etc/nat64/", bed.directory() + "/");
        return Files.writeString(bed.directory().resolve("tls.yaml"), text);
    }

    /** The page's own configuration; two gateways on one machine need two admin sockets, or one. */
    private static Path clat() throws IOException {
        var text = firstConfiguration("how-to/clat-host.md") + "admin: {enabled: false}\n";
        return Files.writeString(bed.directory().resolve("clat.yaml"), text);
    }

    private static String firstConfiguration(String page) throws IOException {
        return page(page).blocks("yaml").getFirst();
    }

    private static Document page(String page) throws IOException {
        var file = Document.REPOSITORY.resolve("docs").resolve(page);
        return new Document(file, Files.readString(file));
    }

    /** The page's own configuration. The link has another name here; radvd takes no alternative names. */
    private static void advertise() throws Exception {
        var text = page("how-to/router-advertisements.md").blocks("radvd").getFirst();
        var file = Files.writeString(bed.directory().resolve("radvd.conf"), text);
        Beds.run(bed.gateway(), """
                ip link add lan link clients type macvlan mode bridge && ip link set lan up
                radvd --config %1$s --pidfile %1$s.pid
                """.formatted(file));
    }

    @AfterAll
    static void remove() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void works(ShownCommand command) throws Exception {
        var program = command.program();
        Assumptions.assumeTrue(
                Commands.locate(program).isPresent(), () -> "missing: " + program + "; deploy/setup installs it");

        var result = Beds.attempt(host(command), "cd " + bed.directory() + "\n" + ending(command.line()));

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("status: SERVFAIL", "status: REFUSED");
        if (command.runs("dig", "kdig")) {
            assertThat(result.output()).contains("64:ff9b::c000:aa");
        }
    }

    private static Namespace host(ShownCommand command) {
        var line = command.line();
        return line.contains("127.0.0.1") || line.contains("--unix-socket") || line.endsWith("-ni nat64")
                ? bed.gateway()
                : bed.client();
    }

    /** The same command, which would else go on for ever, with an end. */
    private static String ending(String written) {
        var line = written.replace("/run/nat64/", bed.directory() + "/");
        if (line.startsWith("ping ")) {
            return line + " -c 1 -W 60";
        }
        return line.startsWith("tcpdump ") ? whilePinging(line.replaceFirst(" ", " -c 1 ")) : line;
    }

    private static String whilePinging(String line) {
        return """
                ping -c 3000 -i 0.2 64:ff9b::8.8.8.8 >/dev/null 2>&1 & pings=$!
                %s; result=$?; kill $pings; exit $result
                """.formatted(line);
    }
}
