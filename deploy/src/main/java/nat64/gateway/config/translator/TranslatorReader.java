// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.Overlaps;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.gateway.config.translator.log.BindingLogKeys;
import nat64.gateway.config.translator.log.BindingLogReader;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;

/** Reads the section {@code translator}. */
public final class TranslatorReader {

    /**
     * Pool4 as the file has it.
     *
     * @param ranges each where its prefix is; with {@code auto}, what serves where the host has no address to share
     * @param ownPorts the ports of the host's own address that {@code auto} takes
     */
    public record Pool4(List<Located<Pool4Range>> ranges, Optional<PortRange> ownPorts) {

        public Pool4 {
            ranges = List.copyOf(ranges);
        }
    }

    private final Reading reading;
    private final Located<Role> role;
    private final List<Located<Pref64>> pref64s;

    public TranslatorReader(Reading reading, Located<Role> role, List<Located<Pref64>> pref64s) {
        this.reading = reading;
        this.role = role;
        this.pref64s = pref64s;
    }

    public TranslatorConfig read(Section translator, Pool4 pool4) {
        if (!role.value().translates() && !translator.isEmpty()) {
            reading.warn(role, "dns64 alone does not translate, so the section translator does nothing; remove it");
        }
        var mode = translator.value(TranslatorKeys.MODE);
        if (mode.value() == TranslatorMode.CLAT && role.value().answersDns()) {
            reading.warn(mode, "programs behind a CLAT need no DNS64; set role: translator");
        }
        var device = new DeviceReader(reading, pref64s, mode).read(translator);
        return new TranslatorConfig(
                mode.value(),
                device,
                translator.value(TranslatorKeys.SET_UP_HOST).value(),
                TranslationReader.read(translator),
                stateful(translator, pool4, mode.value(), device.type()),
                new StatelessReader(reading, pref64s)
                        .read(translator.section(StatelessKeys.KEYS), translator.section(ClatKeys.KEYS), mode),
                BindingLogReader.read(
                        reading,
                        translator.section(BindingLogKeys.KEYS),
                        mode.value().isStateless()));
    }

    private StatefulConfig stateful(Section translator, Pool4 pool4, TranslatorMode mode, DeviceType device) {
        var masquerade = translator.value(TranslatorKeys.MASQUERADE);
        var maxSessions = translator.value(TranslatorKeys.MAX_SESSIONS).value();
        var subscribers = translator.section(SubscriberKeys.KEYS);
        boolean isPcap = device == DeviceType.PCAP;
        if (isPcap) {
            checkForPcap(masquerade, pool4.ranges(), mode);
        } else if (mode == TranslatorMode.NAT64) {
            warnOfMasquerade(masquerade, pool4.ranges());
        }
        boolean mayShare = !isPcap
                && mode == TranslatorMode.NAT64
                && (masquerade.isDefault() || !masquerade.value())
                && translator.value(TranslatorKeys.SET_UP_HOST).value();
        return new StatefulConfig(
                pool4.ranges().stream().map(Located::value).toList(),
                masquerade.value() && !isPcap,
                maxSessions.resolve(() -> StatefulConfig.FEWEST_SESSIONS),
                new StatefulConfig.Automatic(
                        maxSessions.isAuto(),
                        subscribers.value(SubscriberKeys.MAX_SESSIONS).value().isAuto(),
                        pool4.ownPorts().filter(_ -> mayShare)),
                LifetimesReader.read(translator.section(LifetimeKeys.KEYS)),
                new StatePolicyReader(reading, pool4).read(translator),
                new FragmentLimits(
                        translator.value(TranslatorKeys.FRAGMENT_TIMEOUT).value(),
                        translator.value(TranslatorKeys.MAX_STORED_FRAGMENTS).value()),
                List.of());
    }

    /** Pool4, without ranges that overlap. */
    public Pool4 pool4(Section translator) {
        var items = translator.each(TranslatorKeys.POOL4, TranslatorReader::item).stream()
                .map(Located::value)
                .toList();
        items.stream()
                .filter(item -> item.ownPorts().isPresent() && items.size() > 1)
                .flatMap(item -> item.ranges().stream())
                .forEach(auto ->
                        reading.error(auto, "auto is not in a list with other prefixes; remove it, or the others"));
        var ranges = items.stream().flatMap(item -> item.ranges().stream()).toList();
        Overlaps.IPV4.forEach(
                ranges,
                Pool4Range::prefix,
                (earlier, later) -> reading.error(
                        later,
                        "%s overlaps %s %s; remove one of the two, or write prefixes that do not overlap"
                                .formatted(
                                        later.value().prefix(), earlier.value().prefix(), earlier.place())));
        return new Pool4(
                ranges, items.stream().flatMap(item -> item.ownPorts().stream()).findFirst());
    }

    private static Optional<Pool4> item(Section item) {
        var prefix = item.required(TranslatorKeys.POOL4_PREFIX);
        var ports = item.value(TranslatorKeys.POOL4_PORTS);
        return prefix.map(place -> switch (place.value()) {
            case AutoOr.Auto<Ipv4Prefix> _ ->
                new Pool4(
                        List.of(place.with(TranslatorKeys.PRIVATE_POOL4)),
                        Optional.of(ports.isDefault() ? TranslatorKeys.OWN_PORTS : ports.value()));
            case AutoOr.Given<Ipv4Prefix>(var given) ->
                new Pool4(List.of(place.with(new Pool4Range(given, ports.value()))), Optional.empty());
        });
    }

    /** The kernel, which would masquerade pool4, never sees these packets. */
    private void checkForPcap(Located<Boolean> masquerade, List<Located<Pool4Range>> pool4, TranslatorMode mode) {
        if (masquerade.value() && !masquerade.isDefault()) {
            reading.error(
                    masquerade,
                    "can't be true with translator.device.type pcap; remove it, and use a pool4 that the IPv4 side"
                            + " has a route to");
        }
        if (mode == TranslatorMode.NAT64 && pool4.stream().allMatch(Located::isDefault)) {
            reading.warn(
                    masquerade,
                    "does not hide the default pool4 with translator.device.type pcap; set translator.pool4 to addresses"
                            + " that are free on the IPv4 link or routed to this host");
        }
    }

    private void warnOfMasquerade(Located<Boolean> masquerade, List<Located<Pool4Range>> pool4) {
        for (var range : pool4) {
            var prefix = range.value().prefix();
            boolean isGlobal = SpecialIpv4.isGlobal(prefix.address());
            if (!isGlobal && !masquerade.value()) {
                reading.warn(
                        masquerade,
                        "pool4 " + prefix + " is not global and not masqueraded, so only hosts that have a route to it"
                                + " can answer; set it to true, or add those routes");
            } else if (isGlobal && masquerade.value()) {
                reading.warn(
                        range,
                        prefix
                                + " is global but masqueraded behind the host's own address; set"
                                + " translator.masquerade: false if it is routed to this host");
            }
        }
    }
}
