// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import nat64.gateway.admin.AdminActions.Result;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.binding.BindingText;
import nat64.translator.session.policy.StaticBinding;

/** Static bindings that operators add and remove while the gateway runs. */
final class BindingActions {

    private static final Set<String> OF_BINDING = Set.of("protocol", "ipv4", "ipv6");
    private static final Set<String> OF_PLACE = Set.of("protocol", "ipv4");

    private final Reload reload;
    private final Consumer<GatewayConfig> use;

    /** @param use makes the gateway use a configuration, as for {@link Reload#rebind} */
    BindingActions(Reload reload, Consumer<GatewayConfig> use) {
        this.reload = reload;
        this.use = use;
    }

    Result add(Map<String, String> parameters) {
        var binding = BindingText.binding(only(OF_BINDING, parameters));
        return change((live, file, first) -> live.add(binding, file, first), "added", parameters);
    }

    Result remove(Map<String, String> parameters) {
        var place = BindingText.outside(only(OF_PLACE, parameters));
        return change((live, file, first) -> live.remove(place, file, first), "removed", parameters);
    }

    /** How the bindings that count differ from those of the file. */
    Map<String, Object> changes(Map<String, String> parameters) {
        only(Set.of(), parameters);
        var live = reload.live();
        return Map.of("added", texts(live.added()), "removed", texts(live.removed()));
    }

    private Result change(Reload.BindingChange change, String verb, Map<String, String> parameters) {
        var config = reload.running().config();
        if (!config.role().translates() || config.translator().mode().isStateless()) {
            return new Result(false, "this gateway runs no stateful translator, so it has no bindings");
        }
        var place = parameters.get("protocol") + " " + parameters.get("ipv4");
        return reload.rebind(change, use, verb + " the static binding of " + place + " until the gateway ends");
    }

    private static Map<String, String> only(Set<String> names, Map<String, String> parameters) {
        for (var name : parameters.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("unknown parameter '" + name + "'");
            }
        }
        return parameters;
    }

    private static List<String> texts(List<StaticBinding> bindings) {
        return bindings.stream().map(BindingText::format).toList();
    }
}
