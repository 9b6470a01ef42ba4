// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, in Markdown. */
public record Document(Path file, String text) {

    /** Where this repository begins, seen from the module. */
    public static final Path REPOSITORY = Path.of("..");

    private static final Path SITE = REPOSITORY.resolve("docs/site");
    private static final Pattern BLOCK =
            Pattern.compile("^( *)```([a-z]*)\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`[^`\n]+`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^() ]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*?)\\s*$", Pattern.MULTILINE);

    /** What is shown as code. */
    public record Block(String language, String text) {}

    /** All pages; not those that the site's generator brings or makes. */
    public static List<Document> all() throws IOException {
        try (var files = Files.walk(REPOSITORY.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(REPOSITORY::resolve),
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .filter(file -> !file.startsWith(SITE)))
                    .sorted()
                    .map(Document::read)
                    .toList();
        }
    }

    private static Document read(Path file) {
        try {
            return new Document(file, Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(2), (block.group(3) + block.group(1)).stripIndent()))
                .toList();
    }

    public List<String> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** Targets of links, but for those of other sites. */
    List<String> links() {
        return LINK.matcher(CODE.matcher(prose()).replaceAll("`code`"))
                .results()
                .map(MatchResult::group)
                .map(link -> link.substring(2, link.length() - 1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** Where a link can lead to within the page: its headings, as GitHub names them. */
    List<String> anchors() {
        var seen = new HashMap<String, Integer>();
        return HEADING.matcher(prose())
                .results()
                .map(heading -> anchor(heading.group(1)))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .toList();
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    private String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    @Override
    public String toString() {
        return REPOSITORY.relativize(file).toString();
    }
}
