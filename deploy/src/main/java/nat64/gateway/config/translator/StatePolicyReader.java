// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.session.Pool4Range;
import nat64.translator.session.Protocol;
import nat64.translator.session.StatePolicy;
import nat64.translator.session.StatePolicy.Filter;
import nat64.translator.session.StaticBinding;

/** Reads what the section {@code translator} says about bindings, filtering and limits. */
final class StatePolicyReader {

    private static final Format<Protocol> PROTOCOL = Formats.oneOf(Protocol.class);

    private final Reading reading;
    private final List<Located<Pool4Range>> pool4;

    StatePolicyReader(Reading reading, List<Located<Pool4Range>> pool4) {
        this.reading = reading;
        this.pool4 = pool4;
    }

    StatePolicy read(Section translator) {
        boolean addressDependent = translator
                .value("address-dependent-filtering", "false", Formats.BOOLEAN)
                .value();
        return new StatePolicy(
                addressDependent ? Filter.ADDRESS_DEPENDENT : Filter.ENDPOINT_INDEPENDENT,
                translator
                        .value("drop-externally-initiated-tcp", "false", Formats.BOOLEAN)
                        .value(),
                translator
                        .value("max-stored-syns", "1024", Formats.integer(1, StatePolicy.MOST_STORED_SYNS))
                        .value(),
                staticBindings(translator),
                translator.valuesIfAny("untranslated", "[]", AddressFormats.IPV4_PREFIX).stream()
                        .map(Located::value)
                        .toList(),
                LimitsReader.hold(translator),
                LimitsReader.limits(translator.section("subscribers")));
    }

    private List<StaticBinding> staticBindings(Section translator) {
        var good = new ArrayList<Located<StaticBinding>>();
        for (var item : translator.sectionsIfAny("static-bindings", List.of("protocol", "ipv6", "ipv4"))) {
            binding(item).filter(binding -> isApart(binding, good)).ifPresent(good::add);
        }
        return good.stream().map(Located::value).toList();
    }

    private Optional<Located<StaticBinding>> binding(Located<Section> item) {
        var protocol = item.value().required("protocol", PROTOCOL);
        var ipv6 = item.value().required("ipv6", TransportAddress.IPV6);
        var ipv4 = item.value().required("ipv4", TransportAddress.IPV4).filter(this::isInPool4);
        if (protocol.isEmpty() || ipv6.isEmpty() || ipv4.isEmpty()) {
            return Optional.empty();
        }
        var inside = ipv6.get().value();
        var outside = ipv4.get().value();
        return Optional.of(item.with(new StaticBinding(
                protocol.get().value(),
                Ipv6Address.parse(inside.address()),
                inside.port(),
                Ipv4Address.parse(outside.address()),
                outside.port())));
    }

    private boolean isInPool4(Located<TransportAddress> ipv4) {
        int address = Ipv4Address.parse(ipv4.value().address());
        boolean inside = pool4.stream().anyMatch(range -> range.value().prefix().contains(address));
        if (!inside && !pool4.isEmpty()) {
            reading.error(
                    ipv4,
                    "%s is not in translator.pool4, so no packet to it would come here; add the prefix %s there, with"
                                    .formatted(
                                            ipv4.value().address(), ipv4.value().address())
                            + " or without ports for other hosts, or take an address of "
                            + pool4.getFirst().value().prefix());
        }
        return inside;
    }

    private boolean isApart(Located<StaticBinding> binding, List<Located<StaticBinding>> before) {
        var other = before.stream()
                .filter(earlier -> earlier.value().clashesWith(binding.value()))
                .findFirst();
        other.ifPresent(earlier -> reading.error(
                binding,
                "binds an address that is bound %s already (%s); delete one of the two"
                        .formatted(earlier.place(), earlier.value())));
        return other.isEmpty();
    }
}
