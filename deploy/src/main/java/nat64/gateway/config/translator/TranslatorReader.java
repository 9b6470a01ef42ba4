// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Pairs;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.session.FragmentLimits;
import nat64.translator.session.Pool4Range;

/** Reads the section {@code translator}. */
public final class TranslatorReader {

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
            reading.warn(role, "dns64 alone does not translate, so the section translator does nothing; remove it");
        }
        var mode = translator.value(TranslatorKeys.MODE);
        if (mode.value() == TranslatorMode.CLAT && role.value().answersDns()) {
            reading.warn(mode, "programs behind a CLAT need no DNS64; set role: translator");
        }
        return new TranslatorConfig(
                mode.value(),
                device(translator),
                translator.value(TranslatorKeys.SET_UP_HOST).value(),
                TranslationReader.read(translator),
                stateful(translator, pool4, mode.value()),
                new StatelessReader(reading, pref64s)
                        .read(translator.section(StatelessKeys.KEYS), translator.section(ClatKeys.KEYS), mode));
    }

    private StatefulConfig stateful(Section translator, List<Located<Pool4Range>> pool4, TranslatorMode mode) {
        var masquerade = translator.value(TranslatorKeys.MASQUERADE);
        if (mode == TranslatorMode.NAT64) {
            warnOfMasquerade(masquerade, pool4);
        }
        return new StatefulConfig(
                pool4.stream().map(Located::value).toList(),
                masquerade.value(),
                translator.value(TranslatorKeys.MAX_SESSIONS).value(),
                LifetimesReader.read(translator.section(LifetimeKeys.KEYS)),
                new StatePolicyReader(reading, pool4).read(translator),
                new FragmentLimits(
                        translator.value(TranslatorKeys.FRAGMENT_TIMEOUT).value(),
                        translator.value(TranslatorKeys.MAX_STORED_FRAGMENTS).value()));
    }

    /** The ranges of pool4, each where its prefix is. */
    public List<Located<Pool4Range>> pool4(Section translator) {
        var ranges = translator.each(TranslatorKeys.POOL4, TranslatorReader::range).stream()
                .map(Located::value)
                .toList();
        Pairs.of(ranges).forEach((earlier, later) -> {
            if (earlier.value().prefix().overlaps(later.value().prefix())) {
                reading.error(
                        later,
                        "%s overlaps %s %s; remove one of the two, or write prefixes that do not overlap"
                                .formatted(
                                        later.value().prefix(), earlier.value().prefix(), earlier.place()));
            }
        });
        return ranges;
    }

    private static Optional<Located<Pool4Range>> range(Section item) {
        var prefix = item.required(TranslatorKeys.POOL4_PREFIX);
        var ports = item.value(TranslatorKeys.POOL4_PORTS);
        return prefix.map(value -> value.with(new Pool4Range(value.value(), ports.value())));
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

    private DeviceConfig device(Section translator) {
        var device = translator.section(DeviceKeys.KEYS);
        var address = device.value(DeviceKeys.ADDRESS);
        var translatorAddress = device.value(DeviceKeys.TRANSLATOR_ADDRESS);
        if (address.value().equals(translatorAddress.value())) {
            reading.error(
                    translatorAddress,
                    "is the same as translator.device.address " + address.place()
                            + "; give the translator its own address");
        }
        refuseInPref64(address);
        refuseInPref64(translatorAddress);
        return new DeviceConfig(
                device.value(DeviceKeys.NAME).value(),
                device.value(DeviceKeys.OFFLOAD).value(),
                address.value(),
                translatorAddress.value(),
                new WorkersConfig(
                        translator.value(TranslatorKeys.WORKERS).value(),
                        translator.value(TranslatorKeys.PIN_WORKERS).value()));
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
