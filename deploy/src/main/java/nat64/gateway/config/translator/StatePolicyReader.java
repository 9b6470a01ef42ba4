// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.file.FirstGiven;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.gateway.config.translator.binding.TransportAddress;
import nat64.translator.address.Ipv4Address;
import nat64.translator.session.policy.DestinationPolicy;
import nat64.translator.session.policy.ProbeFlow;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;

/** Reads what the section {@code translator} says about bindings, filtering and limits. */
final class StatePolicyReader {

    /** A subscriber may take one in so many ports of each pool4 address, unless the file says otherwise. */
    private static final int SHARE_OF_AN_ADDRESS = 4;

    private final Reading reading;
    private final TranslatorReader.Pool4 pool4;

    StatePolicyReader(Reading reading, TranslatorReader.Pool4 pool4) {
        this.reading = reading;
        this.pool4 = pool4;
    }

    StatePolicy read(Section translator) {
        boolean addressDependent =
                translator.value(TranslatorKeys.ADDRESS_DEPENDENT_FILTERING).value();
        return new StatePolicy(
                addressDependent ? Filter.ADDRESS_DEPENDENT : Filter.ENDPOINT_INDEPENDENT,
                translator.value(TranslatorKeys.DROP_EXTERNALLY_INITIATED_TCP).value(),
                translator.value(TranslatorKeys.MAX_STORED_SYNS).value(),
                staticBindings(translator),
                translator.values(TranslatorKeys.UNTRANSLATED).stream()
                        .map(Located::value)
                        .toList(),
                new QuarantineSettings(
                        translator.value(TranslatorKeys.PORT_HOLD).value(),
                        translator.value(TranslatorKeys.MAX_HELD_PORTS).value()),
                limits(translator.section(SubscriberKeys.KEYS)),
                translator.value(TranslatorKeys.UNKNOWN_TCP).value(),
                new DestinationPolicy(
                        List.of(),
                        translator.value(TranslatorKeys.OWN_DESTINATIONS).value(),
                        translator.value(TranslatorKeys.PRIVATE_DESTINATIONS).value()),
                ProbeFlow.NONE,
                blocks(translator));
    }

    private PortBlockSettings blocks(Section translator) {
        var section = translator.section(PortBlockKeys.KEYS);
        var size = section.value(PortBlockKeys.SIZE);
        int most = section.value(PortBlockKeys.MAX).value();
        if (size.value() == 0) {
            return PortBlockSettings.NONE;
        }
        if (size.value() < PortBlockSettings.SMALLEST || Integer.bitCount(size.value()) != 1) {
            reading.error(
                    size,
                    size.value()
                            + " is not a power of two from 64 to 16384, nor 0 for no blocks; write for example 512");
            return PortBlockSettings.NONE;
        }
        int length = translator
                .section(SubscriberKeys.KEYS)
                .value(SubscriberKeys.PREFIX_LENGTH)
                .value();
        var blocks = new PortBlockSettings(size.value(), most, length);
        pool4.ranges()
                .forEach(range -> requireBlock(
                        size, blocks, range.value().prefix(), range.value().ports()));
        pool4.ownPorts().ifPresent(ports -> requireBlock(size, blocks, "auto", ports));
        return blocks;
    }

    private void requireBlock(Located<Integer> size, PortBlockSettings blocks, Object prefix, PortRange ports) {
        if (blocks.blocksIn(ports) == 0) {
            reading.error(
                    size,
                    "the ports %s of pool4 %s have no whole block of %d ports: a block begins at a multiple of its size,"
                                    .formatted(ports, prefix, blocks.size())
                            + " from 1024 on; give that range more ports, or write a smaller size");
        }
    }

    /** The automatic limit on sessions depends on the number of sessions: {@link StatefulConfig}. */
    private static SubscriberLimits limits(Section subscribers) {
        var ports = subscribers.value(SubscriberKeys.MAX_PORTS).value();
        return new SubscriberLimits(
                subscribers.value(SubscriberKeys.PREFIX_LENGTH).value(),
                subscribers.value(SubscriberKeys.MAX_SESSIONS).value().resolve(() -> 0),
                ports.resolve(() -> 0),
                subscribers.value(SubscriberKeys.NEW_SESSIONS_PER_SECOND).value(),
                ports.isAuto() ? SHARE_OF_AN_ADDRESS : 0);
    }

    private List<StaticBinding> staticBindings(Section translator) {
        var _ = translator.value(TranslatorKeys.BINDINGS_FILE); // its bindings are in the list already
        var bound = new FirstGiven<Record, StaticBinding>();
        return translator.each(TranslatorKeys.STATIC_BINDINGS, this::binding).stream()
                .filter(binding -> isNew(binding, bound))
                .map(Located::value)
                .toList();
    }

    private Optional<StaticBinding> binding(Section item) {
        var protocol = item.required(TranslatorKeys.BINDING_PROTOCOL);
        var ipv6 = item.required(TranslatorKeys.BINDING_IPV6);
        var ipv4 = item.required(TranslatorKeys.BINDING_IPV4).filter(this::isInPool4);
        if (protocol.isEmpty() || ipv6.isEmpty() || ipv4.isEmpty()) {
            return Optional.empty();
        }
        var inside = ipv6.get().value();
        var outside = ipv4.get().value();
        return Optional.of(new StaticBinding(
                protocol.get().value(), inside.address(), inside.port(), outside.address(), outside.port()));
    }

    private boolean isInPool4(Located<TransportAddress<Integer>> ipv4) {
        int address = ipv4.value().address();
        if (address == TransportAddress.FIRST_OF_POOL4) {
            return true;
        }
        boolean inside =
                pool4.ranges().stream().anyMatch(range -> range.value().prefix().contains(address));
        if (!inside && !pool4.ranges().isEmpty()) {
            reading.error(
                    ipv4,
                    Ipv4Address.format(address) + " is not in translator.pool4, so no packet to it would arrive; "
                            + remedy(address, ipv4.value().port()));
        }
        return inside;
    }

    private String remedy(int address, int port) {
        return pool4.ownPorts().isPresent()
                ? "write auto:%d for the host's own address, or set translator.pool4".formatted(port)
                : "add the prefix %s there, with or without ports for other hosts, or use an address of %s"
                        .formatted(
                                Ipv4Address.format(address),
                                pool4.ranges().getFirst().value().prefix());
    }

    private boolean isNew(Located<StaticBinding> binding, FirstGiven<Record, StaticBinding> bound) {
        var same = bound.before(binding.value().inside(), binding)
                .or(() -> bound.before(binding.value().outside(), binding));
        same.ifPresent(earlier -> reading.error(
                binding,
                "binds an address that is already bound %s (%s); remove one of the two"
                        .formatted(earlier.place(), earlier.value())));
        return same.isEmpty();
    }
}
