// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands that look into a gateway that runs. */
@ExtendWith(NeedsBed.class)
class InspectIT {

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    @SuppressWarnings("NullAway.Init")
    private static Path file;

    @BeforeAll
    static void build() throws Exception {
        bed = Beds.build();
        file = Files.writeString(bed.directory().resolve("nat64.yaml"), "# the defaults\n");
        bed.startReadyGateway("--config", file.toString());
        Beds.run(bed.client(), "dig +short ipv4only.example.org AAAA && ping -c 1 -W 20 64:ff9b::192.52.193.2");
    }

    @AfterAll
    static void remove() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void theCacheIsListedAndFlushed() throws Exception {
        Beds.run(bed.client(), "dig +short ipv4only.example.org AAAA");
        assertThat(nat64("cache example.org"))
                .containsPattern(
                        "ipv4only\\.example\\.org\\. +A +data +\\w+ +ipv4only\\.example\\.org\\. \\d+ A 192\\.52\\.193\\.2")
                .containsPattern("ipv4only\\.example\\.org\\. +AAAA +nodata");

        assertThat(nat64("cache flush ipv4only.example.org")).startsWith("flushed ");
        assertThat(attempt("cache ipv4only.example.org")).endsWith("code 1\n");
    }

    @Test
    void countersArePrintedByName() throws Exception {
        assertThat(nat64("stats translator.from_ipv6.packets --nonzero").strip())
                .matches("translator\\.from_ipv6\\.packets [1-9]\\d*");
        assertThat(nat64("stats --output json")).contains("\"translator\"", "\"dns64\"");
    }

    @Test
    void theStatusTellsHealth() throws Exception {
        assertThat(nat64("status")).contains("ready");
    }

    @Test
    void theArchiveHasWhatABugReportNeeds() throws Exception {
        var archive = bed.directory().resolve("report.zip");
        assertThat(nat64("diagnose --file " + archive)).contains(archive + ": ");

        var parts = new TreeMap<String, String>();
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().toList()) {
                var name = entry.getName().replaceFirst("^nat64-diagnose-[^/]+/", "");
                parts.put(name, new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
            }
        }
        assertThat(parts.get("version.txt")).startsWith("nat64 ").contains("java 25");
        assertThat(parts.get("gateway/readyz.txt")).isEqualTo("ready\n");
        assertThat(parts.get("gateway/metrics.txt")).contains("nat64_sessions");
        assertThat(parts.get("gateway/status.json")).contains("\"ready\" : true");
        assertThat(parts.get("check.txt")).contains("fine").contains("exit code 0");
        assertThat(parts.get("host/routes-ipv6.txt")).contains("64:ff9b::/96 dev nat64");
        assertThat(parts.get("host/nftables.txt")).contains("table");
        assertThat(parts.values()).noneMatch(text -> text.contains("PRIVATE KEY"));
    }

    private static String nat64(String arguments) throws Exception {
        return Beds.run(bed.gateway(), command(arguments));
    }

    private static String attempt(String arguments) throws Exception {
        return Beds.run(bed.gateway(), command(arguments) + " 2>&1; echo code $?");
    }

    private static String command(String arguments) {
        return "RUNTIME_DIRECTORY=%s %s %s --config %s"
                .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), arguments, file);
    }
}
