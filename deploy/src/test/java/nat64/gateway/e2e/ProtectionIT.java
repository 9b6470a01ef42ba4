// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients can't reach through a gateway with a Pref64 of its own until the operator allows it. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class ProtectionIT {

    private static final String OWN_SERVICE = "http://[2001:db8:64::" + TestBed.GATEWAY_IPV4 + "]:8000/";
    private static final String SERVER = "http://[2001:db8:64::" + TestBed.SERVER_ADDRESS + "]/octets/5";
    private static final String ASK_FOR_PRIVATE = "dig +short AAAA private.example.org";

    private TestBed bed;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        bed = Beds.build();
        file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, "pref64: [\"2001:db8:64::/96\"]\n");
        bed.startReadyGateway("--config", file.toString());
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void servicesOnTheGatewayItselfAreReachedIfTheConfigurationSaysSo() throws Exception {
        Beds.run(
                bed.gateway(),
                "cd %s && (setsid python3 -m http.server --bind %s 8000 </dev/null >/dev/null 2>&1 &)"
                        .formatted(bed.directory(), TestBed.GATEWAY_IPV4));
        Beds.await(bed.gateway(), "curl -sS -o /dev/null http://" + TestBed.GATEWAY_IPV4 + ":8000/");

        assertThat(Beds.run(bed.client(), get(SERVER))).isEqualToIgnoringNewLines("200");
        assertThat(Beds.attempt(bed.client(), get(OWN_SERVICE)).exitCode()).isNotZero();

        reload("translator: {own-destinations: true}");
        assertThat(Beds.run(bed.client(), get(OWN_SERVICE))).isEqualToIgnoringNewLines("200");
    }

    @Test
    void namesOfStrangersLeadToPrivateAddressesIfTheConfigurationSaysSo() throws Exception {
        assertThat(Beds.run(bed.client(), ASK_FOR_PRIVATE)).isEmpty();

        reload("dns64: {private-domains: [private.example.org]}");
        assertThat(Beds.run(bed.client(), ASK_FOR_PRIVATE)).isEqualToIgnoringNewLines("fd00::1");
    }

    private void reload(String more) throws Exception {
        Files.writeString(file, "pref64: [\"2001:db8:64::/96\"]\n" + more + "\n");
        Beds.run(
                bed.gateway(),
                "RUNTIME_DIRECTORY=%s %s reload --config %s"
                        .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), file));
    }

    private static String get(String url) {
        return "curl -g -sS -m 20 -o /dev/null -w '%{http_code}' '" + url + "'";
    }
}
