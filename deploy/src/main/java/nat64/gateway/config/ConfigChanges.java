// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import nat64.gateway.config.file.Problem;

/** Which changes of a configuration a running gateway can't take over. */
public final class ConfigChanges {

    private ConfigChanges() {}

    /**
     * The changes that need a restart, a problem each. None if all of the new configuration can be used at once.
     *
     * @param running with {@code auto} as it was written
     * @param next likewise
     */
    public static List<Problem> needingRestart(GatewayConfig running, LoadedConfig next) {
        var fixed = new Fixed(running, next);
        fixed.compare("role", GatewayConfig::role);
        fixed.compare("admin", GatewayConfig::admin);
        fixed.compare("log", GatewayConfig::log);
        if (running.role().translates()) {
            fixed.compare("pref64", GatewayConfig::pref64s);
            fixed.compare("clients", GatewayConfig::clients);
            fixed.compare("translate-non-global", GatewayConfig::translateNonGlobal);
            fixed.compare("translator", GatewayConfig::translator);
        }
        if (running.role().answersDns()) {
            fixed.compare("dns64.listen", config -> config.dns64().listen());
            fixed.compare("dns64.threads", config -> config.dns64().threads());
            fixed.compare("dns64.cache-size", config -> config.dns64().cacheSize());
            fixed.compare("dns64.serve-stale", config -> config.dns64().serveStale());
            fixed.compare("dns64.query-log", config -> config.dns64().queryLog());
            fixed.compare(
                    "dns64.tls, dns64.cookie-secrets or dns64.udp-responses-per-second",
                    config -> config.dns64().serving());
        }
        return fixed.problems;
    }

    private record Fixed(GatewayConfig running, LoadedConfig next, List<Problem> problems) {

        Fixed(GatewayConfig running, LoadedConfig next) {
            this(running, next, new ArrayList<>());
        }

        void compare(String key, Function<GatewayConfig, Object> part) {
            if (!Objects.equals(part.apply(running), part.apply(next.config()))) {
                problems.add(new Problem(
                        next.source(),
                        0,
                        key,
                        "has changed, which a running gateway can't take over; restart it, or take this change back"));
            }
        }
    }
}
