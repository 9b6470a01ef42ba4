// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropReasonTest {

    private static final Path PAGE = Path.of("../docs/metrics.md");
    private static final Path GENERATED = Path.of("target/metrics.md");
    private static final String BEGIN = "<!-- drop reasons: generated from DropReason -->\n";
    private static final String END = "<!-- end of drop reasons -->\n";
    private static final String HEADER = "| Reason | Step | Sender gets | Rule | Meaning |\n|---|---|---|---|---|\n";

    @ParameterizedTest
    @EnumSource(DropReason.class)
    void everyReasonCitesADocumentAndSaysTheRule(DropReason reason) {
        assertThat(reason.citation()).matches("(RFC \\d+(, sections? \\d.*)?|no RFC: .+)");
        assertThat(reason.sentence()).endsWith(".");
        assertThat(reason.steps()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(reason.label()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(
            value = DropReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DEVICE_REFUSED", "INTERNAL_ERROR"})
    void onlyTheDeviceAndDefectsHaveNoDocument(DropReason reason) {
        assertThat(reason.citation()).startsWith("RFC ");
    }

    @Test
    void theTableOfReasonsInTheDocumentationIsGeneratedFromThem() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        var generated =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));
        Files.createDirectories(GENERATED.toAbsolutePath().getParent());
        Files.writeString(GENERATED, generated);

        assertThat(page.equals(generated))
                .as("docs/metrics.md is out of date; take the new one: cp translator/target/metrics.md docs/metrics.md")
                .isTrue();
    }

    private static String table() {
        return DropReason.ALL.stream()
                .filter(reason -> reason != DropReason.NONE)
                .map(DropReasonTest::row)
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String row(DropReason reason) {
        boolean anyStep = reason.steps().size() == Step.values().length;
        var steps = reason.steps().stream().map(Step::label).collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        reason.label(),
                        anyStep ? "any" : steps,
                        reply(reason.reply()),
                        reason.citation(),
                        reason.sentence());
    }

    private static String reply(IcmpError error) {
        var v6 = error.typeV6() < 0 ? "" : "ICMPv6 %d/%d".formatted(error.typeV6(), error.codeV6());
        var v4 = error.typeV4() < 0 ? "" : "ICMPv4 %d/%d".formatted(error.typeV4(), error.codeV4());
        return v6.isEmpty() && v4.isEmpty() ? "nothing" : v6.isEmpty() || v4.isEmpty() ? v6 + v4 : v6 + ", " + v4;
    }
}
