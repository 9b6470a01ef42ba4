// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Pairs;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.session.FragmentLimits;
import nat64.translator.session.Pool4Range;
import nat64.translator.session.PortRange;

/** Reads the section {@code translator}. */
public final class TranslatorReader {

    private static final int MOST_SESSIONS = 100_000_000;
    private static final int MOST_WORKERS = 64;
    private static final Format<Integer> WORKERS =
            Formats.integer(1, MOST_WORKERS).or(Map.of(Formats.AUTO, TranslatorConfig.AUTO));
    private static final Format<Ipv4Prefix> POOL4_PREFIX = AddressFormats.IPV4_PREFIX
            .and(prefix -> new Pool4Range(prefix, PortRange.ALL))
            .and(TranslatorReader::requireRouted);

    private final Reading reading;
    private final Located<Role> role;
    private final List<Located<Pref64>> pref64s;

    public TranslatorReader(Reading reading, Located<Role> role, List<Located<Pref64>> pref64s) {
        this.reading = reading;
        this.role = role;
        this.pref64s = pref64s;
    }

    public TranslatorConfig read(Section translator, List<Located<Pool4Range>> pool4) {
        if (!role.value().translates() && !translator.isEmpty()) {
            reading.warn(role, "dns64 alone does not translate, so the section translator does nothing; delete it");
        }
        var masquerade = translator.value("masquerade", "true", Formats.BOOLEAN);
        var mode = translator.value("mode", "nat64", Formats.oneOf(TranslatorMode.class));
        if (mode.value() == TranslatorMode.NAT64) {
            warnOfMasquerade(masquerade, pool4);
        }
        if (mode.value() == TranslatorMode.CLAT && role.value().answersDns()) {
            reading.warn(mode, "programs behind a CLAT need no DNS64; set role: translator");
        }
        return new TranslatorConfig(
                pool4.stream().map(Located::value).toList(),
                masquerade.value(),
                translator
                        .value("max-sessions", "65536", Formats.integer(1, MOST_SESSIONS))
                        .value(),
                translator.value("workers", Formats.AUTO, WORKERS).value(),
                translator.value("pin-workers", "true", Formats.BOOLEAN).value(),
                TranslationReader.read(translator),
                LifetimesReader.read(translator.section("lifetimes")),
                new StatePolicyReader(reading, pool4).read(translator),
                fragments(translator),
                device(translator.section("device")),
                translator.value("set-up-host", "true", Formats.BOOLEAN).value(),
                mode.value(),
                new StatelessReader(reading, pref64s)
                        .read(translator.section("stateless"), translator.section("clat"), mode));
    }

    public List<Located<Pool4Range>> pool4(Section translator) {
        var ranges = translator.sections("pool4", "[{prefix: 100.64.64.0/29, ports: 1024-65535}]").stream()
                .flatMap(item -> range(item.value()).stream())
                .toList();
        Pairs.of(ranges).forEach((earlier, later) -> {
            if (earlier.value().prefix().overlaps(later.value().prefix())) {
                reading.error(
                        later,
                        "%s overlaps %s %s; delete one of the two, or make them apart"
                                .formatted(
                                        later.value().prefix(), earlier.value().prefix(), earlier.place()));
            }
        });
        return ranges;
    }

    private static FragmentLimits fragments(Section translator) {
        var wait = Formats.DURATION.and(value -> new FragmentLimits(value, 1));
        return new FragmentLimits(
                translator
                        .value("fragment-timeout", "2s", new Format<>("2s", wait.parser()))
                        .value(),
                translator
                        .value("max-stored-fragments", "512", Formats.integer(1, FragmentLimits.MOST_STORED))
                        .value());
    }

    private static Optional<Located<Pool4Range>> range(Section item) {
        var prefix = item.required("prefix", POOL4_PREFIX);
        var ports = item.value("ports", "1-65535", AddressFormats.PORTS);
        return prefix.map(value -> value.with(new Pool4Range(value.value(), ports.value())));
    }

    private static void requireRouted(Ipv4Prefix prefix) {
        if (!SpecialIpv4.isRouted(prefix.address())) {
            throw new IllegalArgumentException(prefix + " is never routed, so no answer could come back; use addresses"
                    + " of your own, or private ones such as 100.64.64.0/29");
        }
    }

    private void warnOfMasquerade(Located<Boolean> masquerade, List<Located<Pool4Range>> pool4) {
        for (var range : pool4) {
            var prefix = range.value().prefix();
            boolean isGlobal = SpecialIpv4.isGlobal(prefix.address());
            if (!isGlobal && !masquerade.value()) {
                reading.warn(
                        masquerade,
                        "pool4 " + prefix + " is not global and nothing hides it, so only hosts that have a route to it"
                                + " can answer; set it to true, or add those routes");
            } else if (isGlobal && masquerade.value()) {
                reading.warn(
                        range,
                        prefix + " is global but hides behind the host's own address; set translator.masquerade: false"
                                + " if it is routed to this host");
            }
        }
    }

    private DeviceConfig device(Section device) {
        var address = device.value("address", "64:ff9b:1:ffff::1", AddressFormats.HOST);
        var translatorAddress = device.value("translator-address", "64:ff9b:1:ffff::2", AddressFormats.HOST);
        if (address.value().equals(translatorAddress.value())) {
            reading.error(
                    translatorAddress,
                    "is the same as translator.device.address " + address.place()
                            + "; give the translator one of its own");
        }
        refuseInPref64(address);
        refuseInPref64(translatorAddress);
        return new DeviceConfig(
                device.value("name", "nat64", DeviceNames.FORMAT).value(),
                device.value("offload", "true", Formats.BOOLEAN).value(),
                address.value(),
                translatorAddress.value());
    }

    private void refuseInPref64(Located<Ipv6Address> address) {
        for (var pref64 : pref64s) {
            if (pref64.value().contains(address.value())) {
                reading.error(
                        address.isDefault() ? pref64.with(address.value()) : address,
                        "%s (%s %s) is inside the Pref64 %s; set %s to an address outside"
                                .formatted(
                                        address.value(),
                                        address.key(),
                                        address.place(),
                                        pref64.value(),
                                        address.key()));
            }
        }
    }
}
