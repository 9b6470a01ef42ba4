// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.util.Optional;
import java.util.regex.Pattern;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** How domain names are written. */
public final class NameFormats {

    private static final Pattern HOST_NAME =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z0-9-]*[A-Za-z]\\.?");

    /** A name that a host can have; the word {@code none} is none. */
    public static final Format<Optional<Name>> HOST_OR_NONE =
            Formats.orNone(Format.of("dns.example.org", NameFormats::host));

    /** Any domain name. */
    public static final Format<Name> DOMAIN = Format.of("example.org", NameFormats::domain);

    private NameFormats() {}

    private static Name host(String text) {
        if (!HOST_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is not the name of a host");
        }
        return domain(text, false);
    }

    private static Name domain(String text) {
        return domain(text, true);
    }

    private static Name domain(String text, boolean canonical) {
        try {
            var name = Name.fromString(text, Name.root);
            return canonical ? name.canonicalize() : name;
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a domain name", e);
        }
    }
}
