// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules of one library, in chapters, in the order of the file that lists them. */
record Catalogue(String name, List<Chapter> chapters) {

    record Chapter(String title, List<Item> items) {}

    /** Reads a file such as docs/conformance/translator.txt, which explains its own form. */
    static Catalogue read(Path file) throws IOException {
        var chapters = new ArrayList<Chapter>();
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith("## ")) {
                chapters.add(new Chapter(line.substring(3), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                chapters.getLast().items().add(Item.parse(line));
            }
        }
        return new Catalogue(file.getFileName().toString().replace(".txt", ""), chapters);
    }

    /** All catalogues of a directory. */
    static List<Catalogue> readAll(Path directory) throws IOException {
        var catalogues = new ArrayList<Catalogue>();
        try (var files = Files.newDirectoryStream(directory, "*.txt")) {
            for (var file : files) {
                catalogues.add(read(file));
            }
        }
        catalogues.sort((one, other) -> other.name().compareTo(one.name())); // the translator before dns64
        return catalogues;
    }

    List<Item> items() {
        return chapters.stream().flatMap(chapter -> chapter.items().stream()).toList();
    }
}
