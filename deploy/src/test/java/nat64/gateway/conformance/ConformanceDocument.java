// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nat64.gateway.conformance.Proofs.Proof;

/** Writes docs/conformance.md. */
final class ConformanceDocument {

    private static final String INTRODUCTION = """
            # Conformance

            Every rule that nat64 keeps, its source, and the tests that prove it. The build makes this page from the
            catalogues in [conformance](conformance/) and from the tags of the tests, and fails if the page differs; do
            not edit it. `mvn verify -Dgroups=C-071` runs the tests of one item.

            A rule without a mark for its mode holds in all modes of the translator. "Decided" links to the reason where
            an RFC leaves a choice, or where we do otherwise.

            """;

    private ConformanceDocument() {}

    static String of(List<Catalogue> catalogues, Proofs proofs) {
        var page = new StringBuilder(INTRODUCTION);
        for (var catalogue : catalogues) {
            page.append(summary(catalogue, proofs));
        }
        for (var catalogue : catalogues) {
            for (var chapter : catalogue.chapters()) {
                page.append("\n## %s: %s\n\n".formatted(capitalized(catalogue.name()), chapter.title()));
                page.append("| item | source | level | requirement | status |\n|---|---|---|---|---|\n");
                chapter.items().forEach(item -> page.append(row(item, proofs.of(item))));
            }
        }
        return page.toString();
    }

    private static String summary(Catalogue catalogue, Proofs proofs) {
        var items = catalogue.items();
        return "%s: %d items; %d proven by tests, %d decided, %d that do not apply, %d open.\n"
                .formatted(
                        capitalized(catalogue.name()),
                        items.size(),
                        items.stream().filter(item -> isProven(item, proofs)).count(),
                        items.stream().filter(Item::isDecided).count(),
                        items.stream().filter(Item::isNotApplicable).count(),
                        items.stream().filter(Item::isOpen).count());
    }

    private static boolean isProven(Item item, Proofs proofs) {
        return item.mustBeProven() && !proofs.of(item).isEmpty();
    }

    private static String row(Item item, List<Proof> proofs) {
        var modes = item.modes().equals("all") ? "" : " (" + item.modes() + ")";
        return "| %s | %s | %s%s | %s | %s |\n"
                .formatted(item.id(), item.source(), item.level(), modes, item.requirement(), status(item, proofs));
    }

    private static String status(Item item, List<Proof> proofs) {
        var parts = new ArrayList<String>();
        if (item.isOpen()) {
            parts.add("open");
        } else if (item.isDecided()) {
            parts.add("decided: [%s](decisions/%s)".formatted(item.decision().replace(".md", ""), item.decision()));
        } else if (item.isNotApplicable()) {
            parts.add("does not apply: " + item.reason());
        }
        proofs.forEach(proof -> parts.add("[%s](../%s)".formatted(proof.title(), proof.file())));
        return String.join("<br>", parts);
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
