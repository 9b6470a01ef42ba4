// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.file.KeyChange;
import nat64.gateway.config.file.OnChange;
import nat64.gateway.config.file.Problem;

/**
 * What differs between the configuration that runs and another one.
 *
 * @param source of the other one
 * @param reloadable what a reload changes
 * @param needingRestart what makes a reload be refused
 */
public record ConfigChanges(String source, List<KeyChange> reloadable, List<KeyChange> needingRestart) {

    /** The comparison is by key, with {@code auto} as it is written, wherever the keys are written. */
    public static ConfigChanges between(LoadedConfig running, LoadedConfig next) {
        var all = KeyChange.between(running.values(), next.values()).stream()
                .filter(change -> !ConfigFile.FILE_KEYS.contains(change.key().path()))
                .toList();
        Predicate<KeyChange> fixed = change -> change.key().about().onChange() == OnChange.RESTART
                && isUsed(change, running.config().role());
        return new ConfigChanges(
                next.source(),
                all.stream().filter(fixed.negate()).toList(),
                all.stream().filter(fixed).toList());
    }

    /** The changes that need a restart, a problem each. None if all of the new configuration can be used at once. */
    public List<Problem> problems() {
        return needingRestart.stream()
                .map(change -> new Problem(
                        source,
                        0,
                        change.key().path(),
                        "has changed, which needs a restart; restart the gateway, or revert this change"))
                .toList();
    }

    /** Whether nothing else differs than the value of a key, if that does. */
    public boolean isOf(String key) {
        return Stream.concat(reloadable.stream(), needingRestart.stream())
                .allMatch(change -> change.key().path().equals(key));
    }

    /** A half that does not run needs no restart. */
    private static boolean isUsed(KeyChange change, Role role) {
        var path = change.key().path();
        return (role.translates() || !path.startsWith("translator."))
                && (role.answersDns() || !path.startsWith("dns64."));
    }
}
