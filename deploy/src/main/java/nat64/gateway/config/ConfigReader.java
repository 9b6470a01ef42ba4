// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.time.Duration;

/** Asks for every key of the file, from top to bottom. The defaults stand here and nowhere else. */
final class ConfigReader {

    private static final int ADMIN_PORT = 6464;
    private static final Duration LONGEST_LAMEDUCK = Duration.ofMinutes(1);
    private static final Format<Duration> LAMEDUCK =
            new Format<>("5s", Formats.DURATION.and(ConfigReader::requireShort).parser());

    private final Reading reading;

    ConfigReader(Reading reading) {
        this.reading = reading;
    }

    GatewayConfig read(Section top) {
        var role = top.value("role", "both", Formats.oneOf(Role.class));
        var pref64s = top.values("pref64", "[64:ff9b::/96]", Formats.PREF64);
        var clients = top.values("clients", "[auto]", Formats.CLIENTS);
        var translateNonGlobal = top.value("translate-non-global", "false", Formats.BOOLEAN);
        new PrefixChecks(reading, pref64s).check(clients, translateNonGlobal);
        var translatorReader = new TranslatorReader(reading, role, pref64s);
        var translator = top.section("translator");
        var pool4 = translatorReader.pool4(translator);
        var ownAddresses = new OwnAddressChecks(reading, pref64s, pool4);
        return new GatewayConfig(
                role.value(),
                pref64s.stream().map(Located::value).toList(),
                clients.stream().map(Located::value).reduce(Clients.NONE, Clients::plus),
                translateNonGlobal.value(),
                translatorReader.read(translator, pool4),
                new Dns64Reader(reading, role, ownAddresses, pref64s, translateNonGlobal.value())
                        .read(top.section("dns64")),
                admin(top.section("admin"), ownAddresses),
                log(top.section("log")));
    }

    private static void requireShort(Duration lameduck) {
        if (lameduck.compareTo(LONGEST_LAMEDUCK) > 0) {
            throw new IllegalArgumentException("the end can be put off by 1m at most; write 5s, or 0s for not at all");
        }
    }

    private AdminConfig admin(Section admin, OwnAddressChecks ownAddresses) {
        var enabled = admin.value("enabled", "true", Formats.BOOLEAN);
        var listen = admin.value("listen", "127.0.0.1:" + ADMIN_PORT, Formats.socket(ADMIN_PORT));
        ownAddresses.check(listen.with(listen.value().getAddress()));
        var allowRemote = admin.value("allow-remote", "false", Formats.BOOLEAN);
        boolean isRemote = !listen.value().getAddress().isLoopbackAddress();
        if (isRemote && !allowRemote.value()) {
            reading.error(
                    listen,
                    "other hosts could read it, there is no password; write 127.0.0.1:" + ADMIN_PORT
                            + ", or set admin.allow-remote: true");
        } else if (isRemote && enabled.value()) {
            reading.warn(
                    listen,
                    "every host that reaches this address can read metrics and statistics; let a firewall"
                            + " keep it to the monitoring");
        }
        return new AdminConfig(
                enabled.value(),
                listen.value(),
                admin.value("socket", Formats.AUTO, Formats.ADMIN_SOCKET).value(),
                admin.value("lameduck", "0s", LAMEDUCK).value());
    }

    private static LogConfig log(Section log) {
        return new LogConfig(
                log.value("level", "info", Formats.oneOf(LogConfig.Level.class)).value(),
                log.value("format", "text", Formats.oneOf(LogConfig.Format.class))
                        .value());
    }
}
