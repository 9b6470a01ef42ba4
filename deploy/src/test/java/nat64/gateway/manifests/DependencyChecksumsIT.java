// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The libraries that are shipped are those that were reviewed, and the bill of materials names them all. */
class DependencyChecksumsIT {

    private static final Path CHECKSUMS = Path.of("dependencies.sha256");
    private static final Path DIST = Path.of("target/dist");

    @Test
    void everyLibraryHasTheChecksumOfTheList() throws IOException {
        assertThat(shipped())
                .as("deploy/%s; after a change of a dependency that you have reviewed, write the new list as"
                                .formatted(CHECKSUMS)
                        + " CONTRIBUTING.md says")
                .isEqualTo(listed());
    }

    @Test
    void theBillOfMaterialsNamesEveryLibrary() throws IOException {
        var components = new ObjectMapper()
                .readTree(DIST.resolve("nat64.cdx.json").toFile())
                .get("components");
        var named = StreamSupport.stream(components.spliterator(), false)
                .map(DependencyChecksumsIT::jar)
                .collect(Collectors.toSet());

        assertThat(shipped().keySet()).allSatisfy(jar -> assertThat(named).anyMatch(jar::startsWith));
    }

    private static String jar(JsonNode component) {
        return component.get("name").asText() + "-" + component.get("version").asText();
    }

    private static Map<String, String> listed() throws IOException {
        return Files.readAllLines(CHECKSUMS).stream()
                .map(line -> line.split("  "))
                .collect(Collectors.toMap(words -> words[1], words -> words[0], (one, _) -> one, TreeMap::new));
    }

    /** Without the modules of this project, which are built here. */
    private static Map<String, String> shipped() throws IOException {
        try (var files = Files.list(DIST.resolve("lib"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("nat64-"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(),
                            DependencyChecksumsIT::sha256,
                            (one, _) -> one,
                            TreeMap::new));
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }
}
