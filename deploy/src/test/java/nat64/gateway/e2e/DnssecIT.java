// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zones signed by the tools of BIND, an unbound that serves them, and dig and delv that judge. */
@ExtendWith(NeedsBed.class)
@ParameterizedClass(name = "mode {0}")
@ValueSource(strings = {"local", "trust-upstream-ad"})
class DnssecIT {

    private static final Path SIGNED_ZONES =
            Path.of("src/test/resources/nat64/gateway/e2e/signed-zones").toAbsolutePath();

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    private final String mode;

    DnssecIT(String mode) {
        this.mode = mode;
    }

    @BeforeParameterizedClassInvocation
    static void start(String mode) throws Exception {
        Stream.of("delv", "dnssec-signzone", "unbound")
                .forEach(tool -> assumeThat(Commands.locate(tool)).as(tool).isPresent());
        bed = Beds.build();
        var zones = Files.createDirectory(bed.directory().resolve("zones"));
        Beds.run(bed.gateway(), "cd " + zones + " && " + SIGNED_ZONES);
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(
                configuration,
                """
                role: dns64
                pref64: ["2001:db8:64::/96"]
                clients: [127.0.0.0/8]
                dns64:
                  listen: [127.0.0.1]
                  upstreams: ["127.0.0.1:5300"]
                  dnssec:
                    mode: %s
                """.formatted(mode)
                        + (mode.equals("local")
                                ? "    trust-anchors: [\"%s\"]\n"
                                        .formatted(Files.readString(zones.resolve("anchor"))
                                                .strip())
                                : ""));
        bed.startReadyGateway("--config", configuration.toString());
    }

    @AfterParameterizedClassInvocation
    static void remove() throws Exception {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource({
        "both.example.org A,          192.0.2.9",
        "both.example.org AAAA,       2001:db8::9",
        "v4.hashed.example.org A,     192.0.2.7",
        "a.wild.example.org A,        192.0.2.10",
        "alias.example.org A,         192.0.2.8",
    })
    void realRecordsAreAuthentic(String question, String address) throws Exception {
        assertThat(dig("+dnssec " + question)).contains(address, "RRSIG").containsPattern(flag("ad"));
        assertThat(dig("+adflag " + question))
                .contains(address)
                .doesNotContain("RRSIG")
                .containsPattern(flag("ad"));
        assertThat(dig("+noadflag " + question)).contains(address).doesNotContainPattern(flag("ad"));
    }

    @ParameterizedTest
    @CsvSource({
        "v4.example.org,        2001:db8:64::c000:208",
        "v4.hashed.example.org, 2001:db8:64::c000:207",
        "a.wild.example.org,    2001:db8:64::c000:20a",
        "alias.example.org,     2001:db8:64::c000:208",
    })
    @Tag("R-122")
    void madeRecordsAreAuthenticToClientsWithDo(String name, String address) throws Exception {
        assertThat(dig("+dnssec AAAA " + name)).contains(address).containsPattern(flag("ad"));
        assertThat(dig("+adflag AAAA " + name)).contains(address).doesNotContainPattern(flag("ad"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4.plain.example.org", "outside.example.org"})
    @Tag("R-125")
    void recordsOfAnUnsignedZoneAreMadeAndNotAuthentic(String name) throws Exception {
        assertThat(dig("+dnssec AAAA " + name))
                .contains("2001:db8:64::c000:204")
                .doesNotContainPattern(flag("ad"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4.broken.example.org A", "v4.broken.example.org AAAA", "both.broken.example.org AAAA"})
    @Tag("R-122")
    void nothingIsMadeOfWhatIsBroken(String question) throws Exception {
        assertThat(dig(question)).contains("status: SERVFAIL", "EDE: 6");
    }

    @Test
    @Tag("R-123")
    void whoeverChecksHimselfGetsWhatIsBroken() throws Exception {
        assertThat(dig("+cd +dnssec v4.broken.example.org A")).contains("192.0.2.66", "RRSIG");
        assertThat(dig("+cd +dnssec v4.example.org AAAA"))
                .contains("NSEC", "SOA")
                .doesNotContain("2001:db8:64::");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.example.org", "text.hashed.example.org"})
    @Tag("R-19")
    void aDenialOfBothSavesAQuestion(String name) throws Exception {
        dig("+dnssec DNSKEY hashed.example.org"); // keys are there from now on
        dig("TXT " + name);
        var before = questions();

        assertThat(dig("+dnssec AAAA " + name))
                .contains("status: NOERROR", "NSEC")
                .containsPattern(flag("ad"));

        assertThat(questions() - before).isEqualTo(1);
    }

    @Test
    void anotherValidatorIsContent() throws Exception {
        assertThat(delv("both.example.org AAAA")).contains("; fully validated");
        assertThat(delv("v4.hashed.example.org A")).contains("; fully validated");
        assertThat(delv("+cd v4.example.org AAAA")).contains("; negative response, fully validated");
        assertThat(delv("+cd v4.broken.example.org A")).contains("resolution failed");
    }

    @Test
    void metricsTellWhatWasFound() throws Exception {
        dig("both.example.org AAAA");
        dig("v4.plain.example.org A");
        dig("both.broken.example.org AAAA");

        for (var status : new String[] {"secure", "insecure", "bogus"}) {
            assertThat(Beds.run(bed.gateway(), "curl -s " + TestBed.METRICS_URL))
                    .as(mode)
                    .containsPattern("dns64_dnssec_total\\{status=\"" + status + "\",?\\} [1-9]");
        }
    }

    private static long questions() throws HostException {
        return (long) Double.parseDouble(Beds.run(
                        bed.gateway(),
                        "curl -s " + TestBed.METRICS_URL + " | awk '/^dns64_upstream_queries_total/ {print $2}'")
                .strip());
    }

    private static String flag(String flag) {
        return "flags:[^;]* " + flag + "[ ;]";
    }

    private static String dig(String question) throws HostException {
        return Beds.run(bed.gateway(), "dig @127.0.0.1 +tries=1 +time=30 " + question);
    }

    private static String delv(String question) throws HostException {
        var anchor = bed.directory().resolve("zones/anchor.delv");
        return Beds.attempt(bed.gateway(), "delv @127.0.0.1 -a " + anchor + " +root=example.org " + question)
                .output();
    }
}
