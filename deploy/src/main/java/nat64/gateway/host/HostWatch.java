// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nat64.gateway.host.HostState.NftTable;
import nat64.gateway.host.routes.RouteLooks;
import nat64.gateway.netlink.KernelEvents;
import nat64.gateway.netlink.Topic;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the host has with what the gateway needs, when the kernel tells of a change and every few seconds, and
 * restores what is missing. What is missing at three looks in a row, although it was restored or because it can't be,
 * is reported. Any thread may use it.
 */
public final class HostWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final Duration PERIOD_WHILE_MISSING = Duration.ofSeconds(1);
    private static final int MOST_MISSED = 3;

    private final KernelSettings settings;
    private final String deviceName;
    private final Device device;
    private final boolean restores;
    private volatile HostHealth health = new HostHealth(Map.of(), Map.of(), List.of());
    private @Nullable KernelEvents events;

    // Guarded by this.
    private List<Need> needs;
    private List<Ipv4Prefix> masqueraded;
    private final Map<Need, Integer> missed = new HashMap<>();
    private final Map<String, Long> repairs = new TreeMap<>();
    private final Map<NftTable, String> tables = new HashMap<>(); // as they were made
    private final RouteLooks routeLooks = new RouteLooks(System::nanoTime);
    private @Nullable HostState last;

    /** The translator's device, which somebody may delete. */
    public interface Device {

        /**
         * Makes it anew; the translator goes on with it.
         *
         * @throws IOException if it can't be made
         */
        void reopen() throws IOException;
    }

    /** What changes the host by another plan. */
    public interface Action {
        void run() throws HostException;
    }

    private HostWatch(KernelSettings settings, String deviceName, Device device, boolean restores, List<Need> needs) {
        this.settings = settings;
        this.deviceName = deviceName;
        this.device = device;
        this.restores = restores;
        this.needs = needs;
        this.masqueraded = List.of();
    }

    /** One that looks when it is told to; for tests. */
    HostWatch(HostPlan plan, Device device, boolean restores, KernelSettings settings) {
        this(settings, plan.device().name(), device, restores, List.of());
        follow(plan);
    }

    /**
     * Watches a host that was set up, until it is closed.
     *
     * @param restores whether what is missing is restored; else it is only told
     * @throws IOException if the kernel doesn't tell of changes
     */
    public static HostWatch start(HostPlan plan, Device device, boolean restores) throws IOException {
        var watch = new HostWatch(plan, device, restores, KernelSettings.OF_THIS_HOST);
        var topics = EnumSet.of(Topic.LINKS, Topic.ADDRESSES, Topic.ROUTES, Topic.RULES, Topic.FORWARDING);
        if (!tables(watch.needs).isEmpty()) {
            topics.add(Topic.NFTABLES); // needs CAP_NET_ADMIN, as making the table did
        }
        return watch.started(topics);
    }

    /** As {@link #start(HostPlan, Device, boolean)}, for a gateway without a device of its own. */
    public static HostWatch start(PcapPlan plan) throws IOException {
        return new HostWatch(KernelSettings.OF_THIS_HOST, "", () -> {}, true, Need.of(plan))
                .started(EnumSet.of(Topic.LINKS, Topic.NFTABLES));
    }

    private HostWatch started(Set<Topic> topics) throws IOException {
        events = KernelEvents.follow("nat64-host", topics, Duration.ZERO, changed -> {
            if (changed) {
                routeLooks.hear();
            }
            return look();
        });
        return this;
    }

    /**
     * Has the host changed by another plan, and watches it by that plan from then on.
     *
     * @throws HostException what the action throws; the plan stays as it was then
     */
    public synchronized void change(HostPlan next, Action action) throws HostException {
        action.run();
        follow(next);
    }

    private synchronized void follow(HostPlan plan) {
        needs = restores ? Need.of(plan, settings) : Need.ofOthers(plan, settings);
        masqueraded = plan.pool4();
        tables.clear();
        missed.keySet().retainAll(needs);
        routeLooks.require();
    }

    /** What the last look has found. */
    public HostHealth health() {
        return health;
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
    }

    /** Looks, restores, and answers in how much time to look again. */
    synchronized Duration look() {
        try {
            return compare() ? PERIOD : PERIOD_WHILE_MISSING;
        } catch (HostException e) {
            LOG.warn("cannot look at the network of this host: {}", e.getMessage());
            return PERIOD;
        }
    }

    /** Answers whether everything is there. */
    private boolean compare() throws HostException {
        var state = withRoutes(HostState.readButRoutes(deviceName, settings, tables(needs), shares()));
        last = state;
        if (needs.stream().anyMatch(Need.Proxies.class::isInstance)) {
            state = state.withProxies();
        }
        var isThere = new TreeMap<String, Boolean>();
        var broken = new ArrayList<String>();
        for (var need : needs) {
            var missing = missing(need, state);
            isThere.merge(need.what(), missing.isEmpty(), Boolean::logicalAnd);
            if (missing.isPresent()) {
                treat(need, missing.get()).ifPresent(broken::add);
            } else if (missed.remove(need) != null) {
                LOG.info("the host has {} again", need.name());
            }
        }
        health = new HostHealth(isThere, repairs, broken);
        return !isThere.containsValue(false);
    }

    /** Many routes are not read at each look. */
    private HostState withRoutes(HostState state) throws HostException {
        var before = last;
        if (before != null && before.hasManyRoutes() && isKnown(before, state) && !routeLooks.isDue()) {
            return state.withRoutesOf(before);
        }
        routeLooks.begin();
        try {
            return state.withRoutes(deviceName);
        } catch (HostException e) {
            routeLooks.require();
            throw e;
        } finally {
            routeLooks.end();
        }
    }

    /** Whether nothing but the kernel can have changed the routes since. */
    private boolean isKnown(HostState before, HostState now) {
        return before.device().isPresent() == now.device().isPresent()
                && missed.keySet().stream().noneMatch(need -> need.what().equals(Need.ROUTE));
    }

    private boolean shares() {
        return needs.stream().anyMatch(Need.Shared.class::isInstance);
    }

    private static Set<NftTable> tables(List<Need> needs) {
        return needs.stream()
                .filter(Need.Table.class::isInstance)
                .map(need -> ((Need.Table) need).table())
                .collect(Collectors.toSet());
    }

    /** A table that somebody has changed is missing, too. */
    private Optional<Need.Missing> missing(Need need, HostState state) {
        var missing = need.missing(state);
        if (missing.isPresent() || !(need instanceof Need.Table table)) {
            return missing;
        }
        var text = state.tables().getOrDefault(table.table(), "");
        var asMade = tables.computeIfAbsent(table.table(), _ -> text);
        return text.equals(asMade) ? Optional.empty() : Optional.of(table.missing());
    }

    /** Restores what is missing, and answers what is wrong if that doesn't help. */
    private Optional<String> treat(Need need, Need.Missing missing) {
        int times = missed.merge(need, 1, Integer::sum);
        if (!restores && !(need instanceof Need.Present)) {
            if (times == 1) {
                LOG.warn("the host lacks {}; translator.set-up-host is false, so it is not restored", missing.name());
            }
            return Optional.of("the host lacks " + missing.name());
        }
        try {
            if (times <= MOST_MISSED) {
                LOG.warn("the host has lost {}; restoring it", missing.name());
            }
            restore(need, missing);
            repairs.merge(need.what(), 1L, Long::sum);
            return times < MOST_MISSED
                    ? Optional.empty()
                    : Optional.of(missing.name() + " is removed from the host again and again");
        } catch (HostException | IOException e) {
            if (times == MOST_MISSED) {
                LOG.error("cannot restore {}: {}", missing.name(), e.getMessage());
            }
            return times < MOST_MISSED
                    ? Optional.empty()
                    : Optional.of("the host lacks " + missing.name() + ", which can't be restored: " + e.getMessage());
        }
    }

    private void restore(Need need, Need.Missing missing) throws HostException, IOException {
        if (need instanceof Need.Present) {
            device.reopen();
        }
        for (var step : missing.restore()) {
            step.take();
        }
        if (need instanceof Need.Table(var table, var _)) {
            tables.remove(table);
            ConnectionTracking.forgetUntranslated(masqueraded);
        }
    }
}
