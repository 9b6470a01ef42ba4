// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nat64.gateway.system.HostException;
import nat64.gateway.system.RuntimeDirectory;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway changes on its host. {@link #prepare} looks whether it may, {@link #setUp} makes the changes once the
 * device is there, {@link #close} reverts them. Each undo is on record in a file before its change is made, so that
 * the next start can clean up after a crash. Not for use by several threads at once.
 */
public final class HostNetwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostNetwork.class);

    private final String device;
    private final Plan plan;
    private final StateFile state;
    private final Set<Ipv4Prefix> pool4 = new LinkedHashSet<>(); // of this plan and of those before it
    private final Deque<Step> undos = new ArrayDeque<>();
    private Optional<SharedAddress> shared = Optional.empty();
    private boolean closed;

    /** Reads the host, and answers what to change. */
    private interface Plan {
        List<Change> changes() throws HostException;
    }

    /** Looks whether anything stands in the way. */
    private interface Check {
        void run() throws HostException;
    }

    private HostNetwork(String device, Plan plan, StateFile state) {
        this.device = device;
        this.plan = plan;
        this.state = state;
    }

    /**
     * Undoes what a crashed gateway has left, and checks that this host can carry out the plan. Changes nothing else.
     *
     * @throws HostException if it can't; the host is as it was
     */
    public static HostNetwork prepare(HostPlan plan) throws HostException {
        HostChecks.privileges();
        HostChecks.tunDevice();
        var network = prepare(
                plan.device().name(),
                () -> HostChecks.conflicts(plan),
                () -> HostChanges.of(plan, KernelSettings.OF_THIS_HOST));
        network.pool4.addAll(plan.pool4());
        network.shared = plan.shared();
        return network;
    }

    /**
     * Why this process can't set up a network at all, and what helps; nothing if it can.
     *
     * @param tun whether a TUN device is needed
     */
    public static Optional<String> obstacle(boolean tun) {
        try {
            HostChecks.privileges();
            if (tun) {
                HostChecks.tunDevice();
            }
            return Optional.empty();
        } catch (HostException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** As {@link #prepare(HostPlan)}, for a gateway without a device of its own. */
    public static HostNetwork prepare(PcapPlan plan) throws HostException {
        HostChecks.privileges();
        return prepare(plan.name(), () -> {}, () -> PcapChanges.of(plan));
    }

    private static HostNetwork prepare(String name, Check conflicts, Plan plan) throws HostException {
        var state = StateFile.open(stateFile(name));
        try {
            cleanUpAfterCrash(state);
            conflicts.run();
            state.begin();
        } catch (HostException e) {
            close(state);
            throw e;
        }
        return new HostNetwork(name, plan, state);
    }

    /**
     * Makes the changes of the plan. Its device must exist.
     *
     * @throws HostException if a change fails; those before it have been reverted
     */
    public void setUp() throws HostException {
        try {
            make(plan.changes());
        } catch (HostException e) {
            close();
            throw e;
        }
    }

    private void make(List<Change> changes) throws HostException {
        for (var change : changes) {
            if (change.undo().isPresent() && !undos.contains(change.undo().get())) {
                state.record(change.undo().get());
                undos.push(change.undo().get());
            }
            change.step().take();
        }
    }

    /** A plan, and beside it all of pool4 that earlier plans had: live sessions use it. */
    public HostPlan with(HostPlan plan) {
        pool4.addAll(plan.pool4());
        return new HostPlan(
                plan.device(),
                plan.pref64s(),
                List.copyOf(pool4),
                plan.masquerade(),
                plan.clat(),
                plan.shared(),
                plan.proxies());
    }

    /**
     * Routes the prefixes of another plan to the device too, and masquerades its pool4. What is there already stays as
     * it is.
     *
     * @throws HostException if the host refuses; the routes that were added stay, and do no harm
     */
    public void add(HostPlan plan) throws HostException {
        for (var step : HostChanges.reconfiguration(plan)) {
            step.take();
        }
        make(plan.proxies().stream().map(ProxyArp.Proxy::change).toList());
        if (!plan.shared().equals(shared)) {
            shared = plan.shared();
            make(HostChanges.sharing(plan, KernelSettings.OF_THIS_HOST));
        }
    }

    /** Removes the routes to the device of prefixes that are no longer among those of the plan. */
    public void removeRoutes(List<Ipv6Prefix> before, List<Ipv6Prefix> after) throws HostException {
        for (var prefix : before) {
            if (!after.contains(prefix)) {
                Step.Run.of("ip -6 route delete %s dev %s".formatted(prefix, device))
                        .take();
            }
        }
    }

    /** Reverts every change except those on the device, which disappear with it. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            undos.forEach(HostNetwork::undo);
            undos.clear();
            close(state);
        }
    }

    private static void cleanUpAfterCrash(StateFile state) throws HostException {
        var steps = state.leftBehind();
        if (!steps.isEmpty()) {
            LOG.warn("cleaning up after a gateway that was killed: {} steps", steps.size());
            steps.reversed().forEach(HostNetwork::undo);
        }
    }

    /** A failure must not keep the rest from being reverted. */
    private static void undo(Step step) {
        try {
            if (!(step instanceof Step.Write(var setting, var _)) || Files.exists(setting)) { // interfaces come and go
                step.take();
            }
        } catch (HostException e) {
            LOG.warn("could not revert a change to the host: {}", e.getMessage());
        }
    }

    private static void close(StateFile state) {
        try {
            state.close();
        } catch (HostException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** A device name is unique in its network namespace only, and so is the file. */
    private static Path stateFile(String device) throws HostException {
        try {
            var namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
            return RuntimeDirectory.path().resolve(device + "-" + namespace.replaceAll("\\D", "") + ".undo");
        } catch (IOException e) {
            throw new HostException("cannot tell the network namespace: " + e, e);
        }
    }
}
