// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which tests carry the tag of which item. Read from the sources of the tests, so that it does not matter which modules
 * have been compiled; the build fails anyway when one of the tests does.
 */
record Proofs(Map<String, List<Proof>> byItem) {

    private static final Pattern TAG_OR_NAME =
            Pattern.compile("@Tag\\(\"([CR]-\\d+)\"\\)|\\b(?:void|class) (\\w+)[ (<]");

    /** A test method, or a class of tests, in a file below the root of the repository. */
    record Proof(Path file, String test) {

        String title() {
            var type = file.getFileName().toString().replace(".java", "");
            return type.equals(test) ? type : type + "." + test;
        }
    }

    static Proofs find(Path root) throws IOException {
        var proofs = new Proofs(new TreeMap<>());
        for (var module : List.of("translator", "dns64", "deploy")) {
            try (var files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
                for (var file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    proofs.add(root.relativize(file), Files.readString(file));
                }
            }
        }
        return proofs;
    }

    List<Proof> of(Item item) {
        return byItem.getOrDefault(item.id(), List.of());
    }

    /** A tag stands before the test, or class of tests, that it belongs to. */
    private void add(Path file, String source) {
        var pending = new ArrayList<String>();
        var matcher = TAG_OR_NAME.matcher(source);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                pending.add(matcher.group(1));
            } else {
                var proof = new Proof(file, matcher.group(2));
                pending.forEach(
                        id -> byItem.computeIfAbsent(id, _ -> new ArrayList<>()).add(proof));
                pending.clear();
            }
        }
    }
}
