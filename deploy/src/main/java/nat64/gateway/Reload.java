// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.auto.Resolved;
import nat64.gateway.config.ConfigChanges;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.StaticBindingPlaces;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.Problem;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.live.Drained;
import nat64.gateway.live.LiveBindings;
import nat64.gateway.live.Saving;
import nat64.gateway.metrics.ReloadStatus;
import nat64.gateway.system.HostException;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.Pool4Range;
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
    private LiveBindings live = LiveBindings.NONE;
    private Drained drained = Drained.NONE;
    private Optional<Resolved> seen = Optional.empty();
    private String failure = "";
    private volatile Resolved used;

    /** Replaces every {@code auto} by what the host has for it. */
    interface Resolving {

        /**
         * The configuration without {@code auto}.
         *
         * @param running what runs, without {@code auto} too
         */
        Resolved resolve(GatewayConfig config, GatewayConfig running) throws HostException;
    }

    /**
     * @param source reads the file
     * @param running the configuration that runs, with {@code auto} as it was written
     * @param used the same without {@code auto}
     */
    Reload(
            Supplier<LoadedConfig> source,
            LoadedConfig running,
            Resolved used,
            Resolving resolving,
            InstantSource clock) {
        this.source = source;
        this.running = running;
        this.used = used;
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
            var difference = live.comparedWith(next.config().translator().stateful());
            var resolved = resolving.resolve(difference.in(next.config()), used.config());
            use.accept(resolved.config());
            running = next;
            live = difference;
            endDraining();
            replaceUsed(resolved);
            status = new ReloadStatus(true, clock.instant());
            return reloaded(changes);
        } catch (ConfigException | HostException | IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Uses the configuration that runs with what the host has for {@code auto} now, if that has changed and two looks
     * in a row agree on it. A failure is logged once.
     *
     * @param use as for {@link #take}
     * @return whether no further look is needed soon
     */
    synchronized boolean follow(Consumer<GatewayConfig> use) {
        try {
            var now = resolve(live, drained);
            boolean isSettled = seen.filter(now::equals).isPresent() || now.equals(used);
            seen = Optional.of(now);
            if (!isSettled) {
                return false;
            }
            if (!now.config().equals(used.config())) {
                use.accept(now.config());
            }
            replaceUsed(now);
            failure = "";
        } catch (HostException | IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            if (!message.equals(failure)) {
                LOG.warn("cannot follow what auto stands for, the gateway goes on as before: {}", message);
            }
            failure = message;
        }
        return true;
    }

    /** Another difference between the static bindings that count and those of the file. */
    interface BindingChange {

        /**
         * The difference after the change.
         *
         * @param first the first address of pool4 now
         * @throws IllegalArgumentException if it is wrong
         */
        LiveBindings of(LiveBindings live, StatefulConfig file, int first);
    }

    /**
     * Changes static bindings, until the gateway ends.
     *
     * @param use as for {@link #take}
     */
    synchronized AdminActions.Result rebind(BindingChange change, Consumer<GatewayConfig> use, String done) {
        try {
            bind(change.of(live, running.config().translator().stateful(), firstOfPool4()), use);
            LOG.info("{}", done);
            return new AdminActions.Result(true, done);
        } catch (HostException | IllegalArgumentException e) {
            return new AdminActions.Result(false, String.valueOf(e.getMessage()));
        }
    }

    /** Another difference between the static bindings that count and those of the files, which is saved. */
    interface SavedChange {

        /**
         * The difference, and the change of the file, which is not made yet.
         *
         * @param first the first address of pool4 now
         * @throws IllegalArgumentException if it is wrong
         * @throws IOException if it can't be saved
         */
        Saving of(LiveBindings live, LoadedConfig running, int first) throws IOException;
    }

    /**
     * Changes static bindings, and the file that has them. What can't be saved is not changed.
     *
     * @param use as for {@link #take}
     */
    synchronized AdminActions.Result save(SavedChange change, Consumer<GatewayConfig> use, String done) {
        try {
            var saving = change.of(live, running, firstOfPool4());
            if (saving.file().isEmpty()) {
                bind(saving.next(), use);
            } else {
                try (var file = saving.file().get()) {
                    bind(saving.next(), use);
                    file.use();
                }
            }
            var text = done + adoptFiles();
            LOG.info("{}", text);
            return new AdminActions.Result(true, text);
        } catch (IOException e) {
            return new AdminActions.Result(
                    false, "not saved: " + e.getMessage() + "; nat64 bindings changes lists what is not in the file");
        } catch (HostException | IllegalArgumentException e) {
            return new AdminActions.Result(false, String.valueOf(e.getMessage()));
        }
    }

    private int firstOfPool4() {
        return used.config().translator().stateful().pool4().getFirst().prefix().address();
    }

    private void bind(LiveBindings next, Consumer<GatewayConfig> use) throws HostException {
        var resolved = resolve(next, drained);
        use.accept(resolved.config());
        live = next;
        replaceUsed(resolved);
    }

    /** The files with the saved bindings are the configuration that runs, unless they have other changes, too. */
    private String adoptFiles() {
        try {
            var next = source.get();
            var left = live.comparedWith(next.config().translator().stateful());
            if (ConfigChanges.between(running, next).isOf(StaticBindingPlaces.KEY)
                    && bindings(left.in(next.config())).equals(bindings(live.in(running.config())))) {
                running = next;
                live = left;
                return "";
            }
            return "; the files have other changes, which nat64 reload takes";
        } catch (ConfigException e) {
            return "; the files have mistakes otherwise, which nat64 check lists";
        }
    }

    private static Set<StaticBinding> bindings(GatewayConfig config) {
        return Set.copyOf(config.translator().stateful().policy().staticBindings());
    }

    /** Which addresses of pool4 drain. */
    interface DrainChange {

        /**
         * Those after the change.
         *
         * @param pool4 as it is used now
         * @throws IllegalArgumentException if the change is wrong
         */
        Drained of(Drained drained, List<Pool4Range> pool4);
    }

    /**
     * Changes which addresses of pool4 drain, until a configuration is taken, or the gateway ends.
     *
     * @param use as for {@link #take}
     * @param done tells it, given how many addresses of pool4 do not drain
     */
    synchronized AdminActions.Result drain(DrainChange change, Consumer<GatewayConfig> use, LongFunction<String> done) {
        try {
            var pool4 = used.config().translator().stateful().pool4();
            var next = change.of(drained, pool4);
            var resolved = resolve(live, next);
            use.accept(resolved.config());
            drained = next;
            replaceUsed(resolved);
            var text = done.apply(next.left(pool4));
            LOG.info("{}", text);
            return new AdminActions.Result(true, text);
        } catch (HostException | IllegalArgumentException e) {
            return new AdminActions.Result(false, String.valueOf(e.getMessage()));
        }
    }

    private void endDraining() {
        if (!drained.prefixes().isEmpty()) {
            LOG.info("the reload ends the draining of pool4 addresses: {}", drained.prefixes());
            drained = Drained.NONE;
        }
    }

    private Resolved resolve(LiveBindings bindings, Drained addresses) throws HostException {
        return resolving.resolve(addresses.in(bindings.in(running.config())), used.config());
    }

    /** How the static bindings that count differ from those of the file. */
    synchronized LiveBindings live() {
        return live;
    }

    /** What the host lacks yet, a sentence each. Any thread may ask. */
    List<String> waiting() {
        return used.waiting();
    }

    /** Tells what is new. */
    private void replaceUsed(Resolved next) {
        var before = used;
        used = next;
        next.reasons().stream()
                .filter(reason -> !before.reasons().contains(reason))
                .forEach(reason -> LOG.info("auto: {}", reason));
        before.reasons().stream()
                .filter(reason -> !next.reasons().contains(reason))
                .forEach(reason -> LOG.info("auto: no longer: {}", reason));
        next.waiting().stream()
                .filter(lack -> !before.waiting().contains(lack))
                .forEach(lack -> LOG.warn("not ready: {}", lack));
        if (next.waiting().isEmpty() && !before.waiting().isEmpty()) {
            LOG.info("the host has all that the gateway waited for");
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
