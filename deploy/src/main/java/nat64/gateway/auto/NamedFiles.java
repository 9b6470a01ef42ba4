// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import nat64.dns64.ServingFiles;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.KeyValue;
import nat64.gateway.config.file.Problem;

/** Files that the configuration names: they are read before anything of the host changes. */
public final class NamedFiles {

    private static final List<String> KEYS = List.of("dns64.tls.certificate", "dns64.tls.key", "dns64.cookie-secrets");

    private NamedFiles() {}

    /**
     * Checks that all files can be used by this process.
     *
     * @throws ConfigException with those that can't
     */
    public static void require(LoadedConfig loaded) {
        if (!loaded.config().role().answersDns()) {
            return;
        }
        var problems = new ArrayList<Problem>();
        ServingFiles.unusable(loaded.config().dns64().listen().serving(), InstantSource.system())
                .forEach((file, message) -> problems.add(problem(loaded, file, message)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static Problem problem(LoadedConfig loaded, Path file, String message) {
        return KEYS.stream()
                .map(key -> loaded.values().get(key))
                .filter(value -> value != null && value.text().equals(file.toString()))
                .findFirst()
                .map(value -> problem(loaded, value, message))
                .orElseGet(() -> new Problem(loaded.source(), 0, "", message));
    }

    private static Problem problem(LoadedConfig loaded, KeyValue value, String message) {
        var place = value.place();
        return new Problem(
                place.isDefault() ? loaded.source() : place.source().name(),
                place.line(),
                value.key().path(),
                message);
    }
}
