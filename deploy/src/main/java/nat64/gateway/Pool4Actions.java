// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import nat64.gateway.admin.AdminActions.Result;
import nat64.gateway.config.GatewayConfig;
import nat64.translator.address.Ipv4Prefix;

/** Addresses of pool4 that operators drain while the gateway runs, so that they can be taken away. */
final class Pool4Actions {

    private final Reload reload;
    private final Consumer<GatewayConfig> use;

    /** @param use makes the gateway use a configuration, as for {@link Reload#drain} */
    Pool4Actions(Reload reload, Consumer<GatewayConfig> use) {
        this.reload = reload;
        this.use = use;
    }

    Result drain(Map<String, String> parameters) {
        var prefix = prefix(parameters, Set.of("prefix", "force"));
        boolean force = BindingActions.isTrue("force", parameters);
        return change(
                (drained, pool4) -> drained.drain(prefix, pool4, force),
                left -> "draining %s: its bindings go on, new ones use %s"
                        .formatted(prefix, left == 0 ? "no address at all" : left + " other addresses"));
    }

    Result undrain(Map<String, String> parameters) {
        var prefix = prefix(parameters, Set.of("prefix"));
        return change(
                (drained, _) -> drained.undrain(prefix),
                left -> "%s is no longer drained; new bindings use %d addresses".formatted(prefix, left));
    }

    private Result change(Reload.DrainChange change, LongFunction<String> done) {
        return BindingActions.hasBindings(reload.running().config())
                ? reload.drain(change, use, done)
                : new Result(false, BindingActions.NO_BINDINGS);
    }

    /** An address is a prefix of length 32. */
    private static Ipv4Prefix prefix(Map<String, String> parameters, Set<String> names) {
        BindingActions.only(names, parameters);
        var text = parameters.get("prefix");
        if (text == null) {
            throw new IllegalArgumentException("the parameter 'prefix' is missing: an address or prefix of pool4");
        }
        try {
            return Ipv4Prefix.parse(text.contains("/") ? text : text + "/32");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the parameter 'prefix': " + e.getMessage(), e);
        }
    }
}
