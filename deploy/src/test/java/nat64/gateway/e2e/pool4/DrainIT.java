// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pool4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.json.Json;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An address of pool4 is taken away without the loss of a session. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class DrainIT {

    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final String PING = "ping -c 1 -W 10 " + SERVER;

    private TestBed bed;
    private Path file;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        file = Files.writeString(
                bed.directory().resolve("nat64.yaml"),
                "translator: {masquerade: true, pool4: [{prefix: 100.64.64.0/31}]}\n");
        bed.startReadyGateway("--config", file.toString());
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void sessionsOfADrainedAddressGoOnAndNewOnesUseTheOther() throws Exception {
        var pings = bed.directory().resolve("pings");
        Beds.run(bed.client(), "setsid ping -i 0.1 -c 150 -W 10 %s > %s 2>&1 &".formatted(SERVER, pings));
        Beds.await(bed.client(), "grep -q icmp_seq=5 " + pings);
        var before = addressOfClient();

        assertThat(nat64("pool4 drain " + before))
                .isEqualTo("draining " + before + "/32: its bindings go on, new ones use 1 other addresses\n");
        Beds.run(bed.client(), PING);

        assertThat(nat64("pool4")).containsPattern(before + " +icmp +1 .* draining");
        assertThat(Json.parse(nat64("bindings --protocol icmp --output json"))
                        .path("bindings")
                        .findValuesAsText("pool4"))
                .hasSizeGreaterThan(1)
                .filteredOn(before::equals)
                .hasSize(1);
        assertThat(attempt("pool4 drain 100.64.64.0/31"))
                .contains("no address of pool4 would be left")
                .endsWith("code 1\n");

        nat64("pool4 undrain " + before);
        assertThat(nat64("pool4")).doesNotContain("draining");
        assertThat(attempt("pool4 undrain " + before))
                .contains("is not drained")
                .endsWith("code 1\n");
        Beds.await(bed.client(), "grep -q 'packets transmitted' " + pings);
        assertThat(Files.readString(pings)).contains(" 0% packet loss");
    }

    @Test
    void byForceNoAddressIsLeftUntilAReload() throws Exception {
        Beds.run(bed.client(), PING);

        nat64("pool4 drain --force 100.64.64.0/31");
        assertThat(Beds.attempt(bed.client(), "ping -c 1 -W 1 " + SERVER).exitCode())
                .isNotZero();

        nat64("reload");
        Beds.run(bed.client(), PING);
    }

    private String addressOfClient() throws Exception {
        return Json.parse(nat64("bindings " + TestBed.CLIENT_ADDRESS + " --protocol icmp --output json"))
                .path("bindings")
                .path(0)
                .path("pool4")
                .asText();
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
