// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** One command of a block {@code sh}: continuation lines joined, comments removed, without {@code sudo}. */
record ShownCommand(Document document, String line) {

    /** Every command that the documentation shows in such blocks. */
    static List<ShownCommand> all() throws IOException {
        return Document.all().stream().flatMap(ShownCommand::of).toList();
    }

    static Stream<ShownCommand> of(Document document) {
        return document.blocks("sh").stream()
                .flatMap(block -> block.replaceAll("\\\\\n *", "").lines())
                .map(line ->
                        line.replaceAll("(^| +)#.*", "").replace("sudo ", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> new ShownCommand(document, line));
    }

    String program() {
        return line.split(" ", 2)[0];
    }

    /** Options as they are written, without their values. */
    List<String> options() {
        return Stream.of(line.split(" "))
                .filter(word -> word.startsWith("-"))
                .map(word -> word.split("=", 2)[0])
                .toList();
    }

    boolean runs(String... programs) {
        return List.of(programs).contains(program());
    }

    /** A script of this repository, but not the program itself, whose commands DocumentedCommandsTest reads. */
    boolean isScript() {
        return line.matches("(deploy|docs)/.*") && !isNat64();
    }

    boolean isNat64() {
        return runs("nat64", "deploy/nat64");
    }

    @Override
    public String toString() {
        return document + ": " + line;
    }
}
