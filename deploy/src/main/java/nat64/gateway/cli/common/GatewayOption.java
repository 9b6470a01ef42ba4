// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.common;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.admin.access.RemoteServer;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.system.SecretFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which running gateway is meant: the same options for every command that asks or changes one. */
public final class GatewayOption {

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The gateway of another host: https://HOST:PORT of its admin.tls.listen.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "With --url: a file with its token, which other users of this host can't read.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "With --url: a PEM file with the authorities of its certificate. Without it: those that Java"
                    + " trusts.")
    private @Nullable Path authorities;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * The gateway.
     *
     * @throws nat64.gateway.config.file.ConfigException if it is on this host and its configuration does not say how to
     *     reach it
     * @throws ParameterException if the options make no sense
     * @throws IOException if the file of the token can't be used
     */
    public RunningGateway gateway() throws IOException {
        if (url == null) {
            if (tokenFile != null || authorities != null) {
                throw new ParameterException(spec.commandLine(), "--token-file and --ca need --url https://HOST:PORT");
            }
            return RunningGateway.of(config);
        }
        var token = tokenFile == null ? Optional.<String>empty() : Optional.of(SecretFile.read(tokenFile));
        try {
            return new RunningGateway(RemoteServer.of(url, Optional.ofNullable(authorities), token));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Whether the gateway is on this host and its files are wrong. Reads all of them. */
    public boolean isConfigWrong() {
        if (url == null) {
            try {
                config.load();
            } catch (ConfigException _) {
                return true;
            }
        }
        return false;
    }

    /** The configuration of this host. Throws as {@link ConfigOption#load()}. */
    public LoadedConfig load() {
        return config.load();
    }
}
