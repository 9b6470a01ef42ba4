// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.stream.Collectors;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Keys;

/** The table of docs/configuration.md, made from the keys and put between its marks. */
final class KeyDocumentation {

    static final String BEGIN = "<!-- keys: made by PublishedKeysTest -->\n";
    static final String END = "<!-- end of keys -->\n";

    private KeyDocumentation() {}

    /** The page with the table of today. */
    static String updated(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no marks " + BEGIN.strip() + " and " + END.strip());
        }
        return page.substring(0, begin) + BEGIN + table() + page.substring(end);
    }

    private static String table() {
        return AllKeys.SECTIONS.stream()
                .map(KeyDocumentation::rows)
                .collect(Collectors.joining("", "| Key | Default | Change | Meaning |\n|---|---|---|---|\n", ""));
    }

    private static String rows(Keys keys) {
        return keys.all().stream()
                .map(key -> row(key) + (key instanceof ItemsKey items ? rows(items.keys()) : ""))
                .collect(Collectors.joining());
    }

    private static String row(Key key) {
        var byDefault = key.byDefault().equals(Key.REQUIRED) ? Key.REQUIRED : "`" + key.byDefault() + "`";
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        key.path(),
                        byDefault,
                        key.about().onChange().name().toLowerCase(java.util.Locale.ROOT),
                        key.about().meaning());
    }
}
