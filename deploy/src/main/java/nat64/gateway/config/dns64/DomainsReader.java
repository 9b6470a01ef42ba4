// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.synthesis.DomainMode;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Pairs;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Reads {@code domains}: which domain has which mode. */
final class DomainsReader {

    static final Format<Name> DOMAIN = new Format<>("example.org", DomainsReader::domain);

    private static final String EXAMPLE = "[{name: example.org, mode: never}]";

    private final Reading reading;

    DomainsReader(Reading reading) {
        this.reading = reading;
    }

    /** A domain and its mode. */
    record Domain(Name name, DomainMode mode) {}

    /** Those of the section, if it has any. */
    Optional<Map<Name, DomainMode>> read(Section section, String defaultYaml) {
        return section.each("domains", defaultYaml, EXAMPLE, this::domain).map(this::map);
    }

    private Optional<Domain> domain(Section item) {
        var name = item.required("name", DOMAIN);
        var mode = item.required("mode", Formats.oneOf(DomainMode.class));
        return name.isEmpty() || mode.isEmpty()
                ? Optional.empty()
                : Optional.of(new Domain(name.get().value(), mode.get().value()));
    }

    private Map<Name, DomainMode> map(List<Located<Domain>> domains) {
        Pairs.of(domains).forEach((earlier, later) -> {
            if (earlier.value().name.equals(later.value().name)) {
                reading.error(
                        later,
                        "%s stands there twice, first %s; delete one of the two"
                                .formatted(later.value().name.toString(true), earlier.place()));
            }
        });
        var modes = new HashMap<Name, DomainMode>();
        domains.forEach(domain -> modes.put(domain.value().name, domain.value().mode));
        return modes;
    }

    private static Name domain(String text) {
        try {
            return Name.fromString(text, Name.root).canonicalize();
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no domain name", e);
        }
    }
}
