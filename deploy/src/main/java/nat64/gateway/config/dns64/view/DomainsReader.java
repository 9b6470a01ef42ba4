// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.synthesis.DomainMode;
import nat64.gateway.config.file.FirstGiven;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import org.xbill.DNS.Name;

/** Reads {@code domains}: which domain has which mode. */
final class DomainsReader {

    private final Reading reading;
    private final DomainKeys keys;

    DomainsReader(Reading reading, DomainKeys keys) {
        this.reading = reading;
        this.keys = keys;
    }

    /** A domain and its mode. */
    record Domain(Name name, DomainMode mode) {}

    /** Those of the section, if it has any. */
    Optional<Map<Name, DomainMode>> read(Section section) {
        return section.eachIfGiven(keys.domains(), this::domain).map(this::map);
    }

    private Optional<Domain> domain(Section item) {
        var name = item.required(keys.name());
        var mode = item.required(keys.mode());
        return name.isEmpty() || mode.isEmpty()
                ? Optional.empty()
                : Optional.of(new Domain(name.get().value(), mode.get().value()));
    }

    private Map<Name, DomainMode> map(List<Located<Domain>> domains) {
        var first = new FirstGiven<Name, Domain>();
        for (var domain : domains) {
            first.before(domain.value().name, domain)
                    .ifPresent(earlier -> reading.error(
                            domain,
                            "%s is a duplicate, first given %s; remove one of the two"
                                    .formatted(domain.value().name.toString(true), earlier.place())));
        }
        var modes = new HashMap<Name, DomainMode>();
        domains.forEach(domain -> modes.put(domain.value().name, domain.value().mode));
        return modes;
    }
}
