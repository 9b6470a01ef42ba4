// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.config.ConfigChanges;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.Problem;
import nat64.gateway.host.HostException;
import nat64.gateway.metrics.ReloadStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a running gateway take its configuration anew: as a whole, or not at all. Safe for many threads. */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private final Supplier<LoadedConfig> source;
    private final Resolving resolving;
    private final InstantSource clock;
    private GatewayConfig written; // guarded by this, like the rest
    private ReloadStatus status;

    /** Puts what the host tells in the place of every {@code auto}. */
    interface Resolving {
        GatewayConfig resolve(GatewayConfig config) throws HostException;
    }

    /**
     * @param source reads the file
     * @param written the configuration that runs, with {@code auto} as it was written
     */
    Reload(Supplier<LoadedConfig> source, GatewayConfig written, Resolving resolving, InstantSource clock) {
        this.source = source;
        this.written = written;
        this.resolving = resolving;
        this.clock = clock;
        this.status = new ReloadStatus(true, clock.instant());
    }

    /**
     * Takes the configuration anew.
     *
     * @param use takes it over; it throws {@link IllegalArgumentException} and changes nothing if it can't
     */
    synchronized AdminActions.Result take(Consumer<GatewayConfig> use) {
        try {
            var next = source.get();
            var problems = ConfigChanges.needingRestart(written, next);
            if (!problems.isEmpty()) {
                return refused(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
            }
            next.warnings().forEach(warning -> LOG.warn("{}", warning));
            use.accept(resolving.resolve(next.config()));
            written = next.config();
            status = new ReloadStatus(true, clock.instant());
            LOG.info("{}: taken over", next.source());
            return new AdminActions.Result(true, next.source() + ": taken over");
        } catch (ConfigException | HostException | IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /** How it went the last time. */
    synchronized ReloadStatus status() {
        return status;
    }

    private AdminActions.Result refused(String why) {
        status = new ReloadStatus(false, status.lastTaken());
        LOG.error("The configuration stays as it was: {}", why);
        return new AdminActions.Result(false, why);
    }
}
