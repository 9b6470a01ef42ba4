// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
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
                        admin(top.section(AdminKeys.KEYS), ownAddresses),
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

    private AdminConfig admin(Section admin, OwnAddressChecks ownAddresses) {
        var enabled = admin.value(AdminKeys.ENABLED);
        var listen = admin.value(AdminKeys.LISTEN);
        ownAddresses.check(listen.with(listen.value().getAddress()));
        var allowRemote = admin.value(AdminKeys.ALLOW_REMOTE);
        boolean isRemote = !listen.value().getAddress().isLoopbackAddress();
        if (isRemote && !allowRemote.value()) {
            reading.error(
                    listen,
                    "other hosts could read it, and there is no password; write 127.0.0.1:" + AdminKeys.PORT
                            + ", or set admin.allow-remote: true");
        } else if (isRemote && enabled.value()) {
            reading.warn(
                    listen,
                    "every host that reaches this address can read metrics and statistics; restrict access with a"
                            + " firewall");
        }
        return new AdminConfig(
                enabled.value(),
                listen.value(),
                allowRemote.value(),
                admin.value(AdminKeys.SOCKET).value(),
                probes(admin.value(AdminKeys.PROBES), listen, ownAddresses),
                admin.value(AdminKeys.LAMEDUCK).value());
    }

    private Optional<InetSocketAddress> probes(
            Located<Optional<InetSocketAddress>> probes,
            Located<InetSocketAddress> listen,
            OwnAddressChecks ownAddresses) {
        var address = probes.value();
        address.ifPresent(own -> ownAddresses.check(probes.with(own.getAddress())));
        if (address.equals(Optional.of(listen.value()))) {
            reading.error(probes, "is the address of admin.listen, too; give one of the two another port");
        }
        return address;
    }

    private static LogConfig log(Section log) {
        return new LogConfig(
                log.value(LogKeys.LEVEL).value(), log.value(LogKeys.FORMAT).value());
    }
}
