// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.LoadedConfig;
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

    /**
     * Reads the file that is meant.
     *
     * @throws nat64.gateway.config.ConfigException with all that is wrong in it
     */
    public LoadedConfig load() {
        if (file != null) {
            return ConfigFile.load(file);
        }
        return Files.exists(DEFAULT_FILE) ? ConfigFile.load(DEFAULT_FILE) : ConfigFile.defaults();
    }
}
