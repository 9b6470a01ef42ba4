// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.dns64.FollowedCertificate;
import nat64.dns64.ServingFiles;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.admin.AdminSocket;
import nat64.gateway.config.admin.AdminTls;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.KeyValue;
import nat64.gateway.config.file.Problem;
import nat64.gateway.system.SecretFile;

/** Files and groups that the configuration names: they are looked at before anything of the host changes. */
public final class NamedFiles {

    private static final List<String> KEYS = List.of("dns64.tls.certificate", "dns64.tls.key", "dns64.cookie-secrets");

    private static final String TLS_CERTIFICATE = "admin.tls.certificate";
    private static final String TLS_KEY = "admin.tls.key";
    private static final String TOKEN_FILE = "admin.tls.token-file";
    private static final String SOCKET_GROUP = "admin.socket-group";

    private NamedFiles() {}

    /**
     * Checks that all files can be used by this process, and that the groups exist.
     *
     * @throws ConfigException with those that can't
     */
    public static void require(LoadedConfig loaded) {
        var problems = new ArrayList<Problem>();
        if (loaded.config().role().answersDns()) {
            ServingFiles.unusable(loaded.config().dns64().listen().serving(), InstantSource.system())
                    .forEach((file, message) -> problems.add(problem(loaded, file, message)));
        }
        var admin = loaded.config().admin();
        if (admin.enabled() && !(admin.socket() instanceof AdminSocket.Off)) {
            admin.access()
                    .group()
                    .flatMap(NamedFiles::missingGroup)
                    .map(message -> problem(loaded, SOCKET_GROUP, message))
                    .ifPresent(problems::add);
        }
        if (admin.enabled()) {
            admin.tls().ifPresent(tls -> problems.addAll(problems(loaded, tls)));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static List<Problem> problems(LoadedConfig loaded, AdminTls tls) {
        var problems = new ArrayList<Problem>();
        try {
            var _ = new FollowedCertificate<>(tls.certificate(), tls.key(), InstantSource.system(), (key, _) -> key);
        } catch (IOException | RuntimeException e) { // the JDK throws either at certificates that make no sense
            var message = String.valueOf(e.getMessage());
            problems.add(problem(loaded, message.startsWith(tls.key() + " ") ? TLS_KEY : TLS_CERTIFICATE, message));
        }
        if (tls.tokenFile().isPresent()) {
            try {
                var _ = SecretFile.read(tls.tokenFile().get());
            } catch (IOException e) {
                problems.add(problem(loaded, TOKEN_FILE, String.valueOf(e.getMessage())));
            }
        }
        return problems;
    }

    private static Optional<String> missingGroup(String group) {
        try {
            var _ = FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            return Optional.empty();
        } catch (UserPrincipalNotFoundException e) {
            return Optional.of("this host has no group %s; create it with groupadd %s, or name another one"
                    .formatted(group, group));
        } catch (IOException e) {
            return Optional.of("cannot look up the group " + group + ": " + e.getMessage());
        }
    }

    private static Problem problem(LoadedConfig loaded, String key, String message) {
        var value = loaded.values().get(key);
        return value == null ? new Problem(loaded.source(), 0, key, message) : problem(loaded, value, message);
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
