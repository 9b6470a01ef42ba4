// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.Daemon;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Static bindings that an operator adds and removes while packets pass. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class LiveBindingsIT {

    private static final String OUTSIDE = TestBed.GATEWAY_IPV4 + ":8080";
    private static final String ADD = "bindings add tcp " + OUTSIDE + " [" + TestBed.CLIENT_ADDRESS + "]:80";
    private static final String REMOVE = "bindings remove tcp " + OUTSIDE;
    private static final String ASK = "curl -sS --max-time 20 -o /dev/null http://" + OUTSIDE + "/octets/1";

    private TestBed bed;
    private Path file;
    private Daemon gateway;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        Beds.run(bed.gateway(), "ip -4 route add default via " + TestBed.SERVER_ADDRESS);
        file = Files.writeString(bed.directory().resolve("nat64.yaml"), "# the defaults\n");
        gateway = bed.startReadyGateway("--config", file.toString());
        bed.startServicesOnClient();
        Beds.await(bed.client(), "ss -Hltn 'sport = :80' | grep -q .");
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void aBindingIsUsedAtOnceAndNoPacketIsLost() throws Exception {
        var pings = bed.directory().resolve("pings");
        Beds.run(
                bed.client(),
                "setsid bash -c 'ping -q -i 0.002 -c 4000 -W 10 64:ff9b::%s > %s; echo ended >> %s' >/dev/null 2>&1 &"
                        .formatted(TestBed.SERVER_ADDRESS, pings, pings));

        for (int round = 0; round < 3; round++) {
            assertThat(Beds.attempt(bed.server(), ASK).exitCode()).isNotZero();
            assertThat(nat64(ADD))
                    .isEqualTo("added the static binding of tcp " + OUTSIDE + " until the gateway ends\n");
            Beds.run(bed.server(), ASK);
            nat64(REMOVE);
        }

        Beds.await(bed.client(), "grep -q ended " + pings);
        assertThat(Files.readString(pings)).contains("4000 packets transmitted, 4000 received, 0% packet loss");
    }

    @Test
    void theDifferenceToTheFileIsShownAndOutlivesAReload() throws Exception {
        nat64(ADD);
        var changes = attempt("bindings changes");

        assertThat(changes).isEqualTo("+ tcp auto:8080 [2001:db8:1::2]:80\ncode 1\n");
        assertThat(nat64("bindings 2001:db8:1::2"))
                .containsPattern("tcp +\\[2001:db8:1::2\\]:80 +" + OUTSIDE + " .* static");

        Files.writeString(file, "dns64: {upstreams: [" + TestBed.SERVER_ADDRESS + "]}\n");
        nat64("reload");
        Beds.run(bed.server(), ASK);

        Files.writeString(file, """
                translator:
                  static-bindings: [{protocol: tcp, ipv4: "auto:8080", ipv6: "[2001:db8:1::2]:80"}]
                """);
        nat64("reload");
        Beds.run(bed.server(), ASK);
        assertThat(attempt("bindings changes")).isEqualTo("code 0\n");
    }

    @Test
    void aSavedBindingOutlivesTheGateway() throws Exception {
        var table = Files.writeString(bed.directory().resolve("bindings.csv"), "# by operators\n");
        Beds.run(bed.gateway(), "chmod 0640 " + table);
        Files.writeString(file, "translator: {static-bindings-file: bindings.csv}\n");
        nat64("reload");

        assertThat(nat64(ADD + " --save"))
                .isEqualTo("added the static binding of tcp " + OUTSIDE + ", also in the file\n");
        assertThat(attempt("bindings changes")).isEqualTo("code 0\n");
        assertThat(table).hasContent("# by operators\ntcp,[2001:db8:1::2]:80,auto:8080\n");
        assertThat(Beds.run(bed.gateway(), "stat -c %a " + table)).isEqualTo("640\n");

        gateway.terminate();
        gateway.awaitEnd(Beds.PATIENCE);
        bed.startReadyGateway("--config", file.toString());
        Beds.run(bed.server(), ASK);

        nat64(REMOVE + " --save");
        assertThat(attempt("bindings changes")).isEqualTo("code 0\n");
        assertThat(table).hasContent("# by operators\n");
        assertThat(nat64("reload")).contains("nothing has changed");
        assertThat(Beds.attempt(bed.server(), ASK).exitCode()).isNotZero();
    }

    @Test
    void whatCannotBeSavedIsNotChanged() throws Exception {
        assertThat(attempt(ADD + " --save"))
                .contains("set translator.static-bindings-file")
                .endsWith("code 1\n");

        Files.writeString(file, """
                translator:
                  static-bindings: [{protocol: tcp, ipv4: "auto:8080", ipv6: "[2001:db8:1::2]:80"}]
                  static-bindings-file: bindings.csv
                """);
        Files.writeString(bed.directory().resolve("bindings.csv"), "");
        nat64("reload");
        assertThat(attempt(REMOVE + " --save"))
                .contains("this static binding is in " + file + ":2")
                .endsWith("code 1\n");
        Beds.run(bed.server(), ASK);
        assertThat(attempt("bindings changes")).isEqualTo("code 0\n");
    }

    @Test
    void aMistakeChangesNothing() throws Exception {
        assertThat(attempt(REMOVE))
                .contains("no static binding has this address and port")
                .endsWith("code 1\n");
        assertThat(attempt("bindings add tcp 198.51.100.99:1 [2001:db8:1::2]:80"))
                .contains("outside pool4")
                .endsWith("code 1\n");
        assertThat(attempt("bindings add tcp here [2001:db8:1::2]:80"))
                .contains("the parameter 'ipv4': here is not an address with a port")
                .endsWith("code 2\n");
        assertThat(attempt("bindings changes")).isEqualTo("code 0\n");
    }

    private String nat64(String arguments) throws Exception {
        return Beds.run(bed.gateway(), command(arguments));
    }

    private String attempt(String arguments) throws Exception {
        return Beds.run(bed.gateway(), command(arguments) + " 2>&1; echo code $?");
    }

    private String command(String arguments) {
        return "RUNTIME_DIRECTORY=%s %s %s --config %s"
                .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), arguments, file);
    }
}
