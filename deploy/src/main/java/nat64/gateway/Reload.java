// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.config.ConfigChanges;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.Problem;
import nat64.gateway.metrics.ReloadStatus;
import nat64.gateway.system.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a running gateway use a changed configuration: as a whole, or not at all. Safe for many threads. */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private final Supplier<LoadedConfig> source;
    private final Resolving resolving;
    private final InstantSource clock;
    private LoadedConfig running; // guarded by this, like the rest
    private ReloadStatus status;

    /** Replaces every {@code auto} by what the host has for it. */
    interface Resolving {
        GatewayConfig resolve(GatewayConfig config) throws HostException;
    }

    /**
     * @param source reads the file
     * @param running the configuration that runs, with {@code auto} as it was written
     */
    Reload(Supplier<LoadedConfig> source, LoadedConfig running, Resolving resolving, InstantSource clock) {
        this.source = source;
        this.running = running;
        this.resolving = resolving;
        this.clock = clock;
        this.status = new ReloadStatus(true, clock.instant());
    }

    /**
     * Reads the configuration and uses it, if it is right and no change needs a restart.
     *
     * @param use makes the gateway use it; throws {@link IllegalArgumentException} and changes nothing if it cannot
     */
    synchronized AdminActions.Result take(Consumer<GatewayConfig> use) {
        try {
            var next = source.get();
            var changes = ConfigChanges.between(running, next);
            if (!changes.needingRestart().isEmpty()) {
                return refused(
                        changes.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
            }
            next.warnings().forEach(warning -> LOG.warn("{}", warning));
            use.accept(resolving.resolve(next.config()));
            running = next;
            status = new ReloadStatus(true, clock.instant());
            return reloaded(changes);
        } catch (ConfigException | HostException | IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /** The result of the last time. */
    synchronized ReloadStatus status() {
        return status;
    }

    /** The configuration that runs, with {@code auto} as it was written. */
    synchronized LoadedConfig running() {
        return running;
    }

    private static AdminActions.Result reloaded(ConfigChanges changes) {
        var first = "configuration reloaded from " + changes.source();
        if (changes.reloadable().isEmpty()) {
            LOG.info("{}; nothing has changed", first);
            return new AdminActions.Result(true, first + "; nothing has changed");
        }
        LOG.info(
                "{}; changed: {}",
                first,
                changes.reloadable().stream().map(change -> change.key().path()).collect(Collectors.joining(", ")));
        var lines = changes.reloadable().stream()
                .flatMap(change -> change.lines().stream())
                .map(line -> "  " + line);
        return new AdminActions.Result(
                true, Stream.concat(Stream.of(first + "; changed:"), lines).collect(Collectors.joining("\n")));
    }

    private AdminActions.Result refused(String why) {
        status = new ReloadStatus(false, status.lastTaken());
        LOG.error("configuration not reloaded, the gateway keeps the running one: {}", why);
        return new AdminActions.Result(false, why);
    }
}
