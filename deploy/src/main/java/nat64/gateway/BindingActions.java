// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import nat64.gateway.admin.AdminActions.Result;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.binding.BindingText;
import nat64.gateway.live.Saving;
import nat64.translator.session.policy.StaticBinding;

/** Static bindings that operators add and remove while the gateway runs. */
final class BindingActions {

    static final String NO_BINDINGS = "this gateway runs no stateful translator, so it has no bindings";

    private static final Set<String> OF_BINDING = Set.of("protocol", "ipv4", "ipv6", "save");
    private static final Set<String> OF_PLACE = Set.of("protocol", "ipv4", "save");

    private final Reload reload;
    private final Consumer<GatewayConfig> use;

    /** @param use makes the gateway use a configuration, as for {@link Reload#rebind} */
    BindingActions(Reload reload, Consumer<GatewayConfig> use) {
        this.reload = reload;
        this.use = use;
    }

    Result add(Map<String, String> parameters) {
        var binding = BindingText.binding(only(OF_BINDING, parameters));
        return isTrue("save", parameters)
                ? save((live, running, first) -> Saving.add(binding, live, running, first), "added", parameters)
                : change((live, file, first) -> live.add(binding, file, first), "added", parameters);
    }

    Result remove(Map<String, String> parameters) {
        var place = BindingText.outside(only(OF_PLACE, parameters));
        return isTrue("save", parameters)
                ? save((live, running, first) -> Saving.remove(place, live, running, first), "removed", parameters)
                : change((live, file, first) -> live.remove(place, file, first), "removed", parameters);
    }

    /** How the bindings that count differ from those of the file. */
    Map<String, Object> changes(Map<String, String> parameters) {
        only(Set.of(), parameters);
        var live = reload.live();
        return Map.of("added", texts(live.added()), "removed", texts(live.removed()));
    }

    private Result change(Reload.BindingChange change, String verb, Map<String, String> parameters) {
        return hasBindings(reload.running().config())
                ? reload.rebind(change, use, told(verb, parameters) + " until the gateway ends")
                : new Result(false, NO_BINDINGS);
    }

    private Result save(Reload.SavedChange change, String verb, Map<String, String> parameters) {
        return hasBindings(reload.running().config())
                ? reload.save(change, use, told(verb, parameters) + ", also in the file")
                : new Result(false, NO_BINDINGS);
    }

    private static String told(String verb, Map<String, String> parameters) {
        return "%s the static binding of %s %s".formatted(verb, parameters.get("protocol"), parameters.get("ipv4"));
    }

    static boolean isTrue(String name, Map<String, String> parameters) {
        return switch (parameters.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("the parameter '" + name + "' is true or false");
        };
    }

    static boolean hasBindings(GatewayConfig config) {
        return config.role().translates() && !config.translator().mode().isStateless();
    }

    static Map<String, String> only(Set<String> names, Map<String, String> parameters) {
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
