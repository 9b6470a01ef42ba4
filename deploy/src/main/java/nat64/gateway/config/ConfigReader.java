// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import nat64.gateway.config.admin.AdminKeys;
import nat64.gateway.config.admin.AdminReader;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.dns64.Dns64Keys;
import nat64.gateway.config.dns64.Dns64Reader;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.gateway.config.translator.TranslatorKeys;
import nat64.gateway.config.translator.TranslatorMode;
import nat64.gateway.config.translator.TranslatorReader;
import nat64.translator.address.Pref64;

/** Asks for every key of the file, from top to bottom. */
final class ConfigReader {

    private final Reading reading;

    ConfigReader(Reading reading) {
        this.reading = reading;
    }

    GatewayConfig read(Section top) {
        var _ = top.values(GatewayKeys.INCLUDE); // they are in the tree already
        var role = top.value(GatewayKeys.ROLE);
        var pref64s = top.values(GatewayKeys.PREF64);
        var clients = top.values(GatewayKeys.CLIENTS);
        var translateNonGlobal = top.value(GatewayKeys.TRANSLATE_NON_GLOBAL);
        new PrefixChecks(reading, pref64s).check(clients, translateNonGlobal);
        var translatorReader = new TranslatorReader(reading, role, pref64s);
        var translator = top.section(TranslatorKeys.KEYS);
        var pool4 = translatorReader.pool4(translator);
        var served = Clients.all(clients.stream().map(Located::value).toList());
        var translatorConfig = translatorReader.read(translator, pool4);
        top.emptyList(GatewayKeys.PREF64)
                .ifPresent(none -> checkWithoutPref64(none, role.value(), translatorConfig.mode()));
        var ownAddresses = new OwnAddressChecks(reading, pref64s, pool4.ranges());
        return new GatewayConfig(
                role.value(),
                pref64s.stream().map(Located::value).toList(),
                served,
                translateNonGlobal.value(),
                translatorConfig,
                new Dns64Reader(reading, role, ownAddresses, answered(role, pref64s), translateNonGlobal.value())
                        .read(top.section(Dns64Keys.KEYS), served),
                new OperationConfig(
                        new AdminReader(reading, ownAddresses).read(top.section(AdminKeys.KEYS)),
                        new MetricsConfig(top.section(MetricsKeys.KEYS)
                                .value(MetricsKeys.TOP_SUBSCRIBERS)
                                .value()),
                        log(top.section(LogKeys.KEYS)),
                        top.section(FileKeys.KEYS).value(FileKeys.WATCH).value(),
                        top.section(RestartKeys.KEYS)
                                .value(RestartKeys.KEEP_SESSIONS)
                                .value()));
    }

    private void checkWithoutPref64(Located<?> none, Role role, TranslatorMode mode) {
        if (role.answersDns() || mode != TranslatorMode.SIIT) {
            reading.error(
                    none,
                    "is empty, which only role translator with translator.mode siit allows; list at least one, or"
                            + " remove the key for the default " + GatewayKeys.PREF64.byDefault());
        }
    }

    /** The Pref64s of the half that answers; where there are none, it does not run. */
    private static List<Located<Pref64>> answered(Located<Role> role, List<Located<Pref64>> pref64s) {
        return pref64s.isEmpty() ? List.of(role.with(Pref64.WELL_KNOWN)) : pref64s;
    }

    private static LogConfig log(Section log) {
        return new LogConfig(
                log.value(LogKeys.LEVEL).value(), log.value(LogKeys.FORMAT).value());
    }
}
