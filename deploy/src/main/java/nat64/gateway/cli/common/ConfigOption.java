// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.common;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.admin.AdminConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config}, the same for every command. */
public final class ConfigOption {

    private static final Path DEFAULT_FILE = Path.of("/etc/nat64/nat64.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration file. Without it: /etc/nat64/nat64.yaml if it is there, else the defaults.")
    private @Nullable Path file;

    /** The file that was named. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Reads the file that is meant.
     *
     * @throws nat64.gateway.config.file.ConfigException with all that is wrong in it
     */
    public LoadedConfig load() {
        return load(file());
    }

    /**
     * Reads how the gateway is reached, and nothing else.
     *
     * @throws nat64.gateway.config.file.ConfigException if that can't be read
     */
    public AdminConfig admin() {
        return meant(file())
                .map(ConfigFile::admin)
                .orElseGet(() -> ConfigFile.defaults().config().admin());
    }

    /** As {@link #load()}, if this file was named, or none. */
    public static LoadedConfig load(Optional<Path> named) {
        return meant(named).map(ConfigFile::load).orElseGet(ConfigFile::defaults);
    }

    private static Optional<Path> meant(Optional<Path> named) {
        return named.or(() -> Optional.of(DEFAULT_FILE).filter(Files::exists));
    }
}
