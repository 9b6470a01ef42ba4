// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import nat64.gateway.system.HostException;
import nat64.gateway.system.RuntimeDirectory;
import nat64.translator.address.Ipv4Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway changes on its host. {@link #prepare} looks whether it may, {@link #setUp} makes the changes once the
 * device is there, {@link #close} reverts them, unless a successor is to find them. Each undo is on record in a file
 * before its change is made, so that the next start can take over or clean up after a crash. Not for use by several
 * threads at once.
 */
public final class HostNetwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostNetwork.class);

    /** Commands of one batch: a fraction of a second. */
    private static final int MOST_AT_ONCE = 5000;

    private final Optional<LastingDevice> lasting;
    private final Plan plan;
    private final StateFile state;
    private final Set<Ipv4Prefix> pool4 = new LinkedHashSet<>(); // of this plan and of those before it
    private final Deque<Step> undos = new ArrayDeque<>();
    private Optional<SharedAddress> shared = Optional.empty();
    private boolean inheritsDevice;
    private boolean closed;
    private volatile boolean leaves;
    private volatile boolean cancelled;

    /** Reads the host, and answers what to change. */
    private interface Plan {
        List<Change> changes() throws HostException;
    }

    /** Looks whether anything stands in the way. */
    private interface Check {
        void run(boolean deviceIsOurs) throws HostException;
    }

    private HostNetwork(Optional<LastingDevice> lasting, Plan plan, StateFile state) {
        this.lasting = lasting;
        this.plan = plan;
        this.state = state;
    }

    /**
     * The process of the gateway that has this device on this host now and has set the host up.
     *
     * @throws HostException if that can't be found out
     */
    public static OptionalLong owner(String device) throws HostException {
        return StateFile.owner(RuntimeDirectory.file(device, ".undo"));
    }

    /**
     * Undoes what an earlier gateway has left and this one has no use for, and checks that this host can carry out the
     * plan. Changes nothing else.
     *
     * @param lasting whether the device stays for the next gateway, unless this one reverts its changes
     * @throws HostException if it can't; the host is as it was
     */
    public static HostNetwork prepare(HostPlan plan, boolean lasting) throws HostException {
        HostChecks.privileges();
        HostChecks.tunDevice();
        var name = plan.device().name();
        var network = prepare(
                name,
                lasting ? Optional.of(new LastingDevice(plan)) : Optional.empty(),
                isOurs -> HostChecks.conflicts(plan, isOurs),
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

    /** As {@link #prepare(HostPlan, boolean)}, for a gateway without a device of its own. */
    public static HostNetwork prepare(PcapPlan plan) throws HostException {
        HostChecks.privileges();
        return prepare(plan.name(), Optional.empty(), _ -> {}, () -> PcapChanges.of(plan));
    }

    private static HostNetwork prepare(String name, Optional<LastingDevice> lasting, Check conflicts, Plan plan)
            throws HostException {
        var state = StateFile.open(RuntimeDirectory.file(name, ".undo"));
        try {
            var network = new HostNetwork(lasting, plan, state);
            network.takeOver(state.leftBehind(), conflicts);
            return network;
        } catch (HostException e) {
            close(state);
            throw e;
        }
    }

    /**
     * Makes the changes of the plan. Its device must exist.
     *
     * @throws HostException if a change fails; those before it have been reverted
     */
    public void setUp() throws HostException {
        try {
            boolean deviceIsSetUp = inheritsDevice && lasting.orElseThrow().isSetUp(KernelSettings.OF_THIS_HOST);
            if (inheritsDevice && !deviceIsSetUp) {
                lasting.orElseThrow().flush();
            }
            make(plan.changes().stream()
                    .filter(change -> !deviceIsSetUp || !change.isOnDevice())
                    .toList());
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
            take(change.step());
        }
    }

    /** Long ones in parts, so that a cancellation need not wait for them. */
    private void take(Step step) throws HostException {
        var parts = step instanceof Step.Batch batch ? batch.parts(MOST_AT_ONCE) : List.of(step);
        for (var part : parts) {
            if (cancelled) {
                throw new HostException("the gateway has been told to stop");
            }
            part.take();
        }
    }

    /**
     * Has {@link #setUp} and what else adds to the host end within a fraction of a second, with an exception; changes
     * are reverted as at any end. Any thread may call it.
     */
    public void cancel() {
        cancelled = true;
    }

    /**
     * The same plan with the fewest routes. For plans whose prefixes change by a reload only; each reload has to make
     * them of all prefixes anew.
     *
     * @throws HostException if the host's routes can't be read
     */
    public static HostPlan withFewestRoutes(HostPlan plan) throws HostException {
        return Routes.fewest(plan);
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
     * @param before the plan until now
     * @throws HostException if the host refuses; the routes that were added stay, and do no harm
     */
    public void add(HostPlan before, HostPlan plan) throws HostException {
        for (var step : HostChanges.reconfiguration(before, plan)) {
            take(step);
        }
        make(plan.proxies().stream().map(ProxyArp.Proxy::change).toList());
        if (!plan.shared().equals(shared)) {
            shared = plan.shared();
            make(HostChanges.sharing(plan, KernelSettings.OF_THIS_HOST));
        }
    }

    /**
     * Removes the routes to the device of prefixes that are no longer among those of the plan, and no longer answers
     * ARP for them.
     */
    public void remove(HostPlan before, HostPlan after) throws HostException {
        for (var step : HostChanges.removal(before, after)) {
            take(step);
        }
        var unused = before.proxies().stream()
                .filter(proxy -> after.pool4().stream().noneMatch(prefix -> proxy.isIn(prefix)))
                .map(proxy -> proxy.change().undo().orElseThrow())
                .toList();
        unused.forEach(this::undo);
        undos.removeAll(unused); // they stay on record: to undo them once more does no harm
    }

    /** Has {@link #close} revert nothing: the next gateway on this host takes over what there is. Any thread may. */
    public void leaveToSuccessor() {
        leaves = true;
    }

    /** Reverts every change except those on the device, which disappear with it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (leaves) {
            release(state);
        } else {
            undos.forEach(this::undo);
            undos.clear();
            close(state);
        }
    }

    private void takeOver(List<Step> steps, Check conflicts) throws HostException {
        var left = sort(steps);
        if (!left.obsolete().isEmpty()) {
            LOG.info(
                    "undoing what an earlier gateway has left on this host: {} steps",
                    left.obsolete().size());
            left.obsolete().reversed().forEach(this::undo);
        }
        if (!left.kept().isEmpty()) {
            LOG.info(
                    "taking over what an earlier gateway has set up on this host: {} steps",
                    left.kept().size());
        }
        try {
            inheritsDevice = inheritsDevice(left);
            conflicts.run(inheritsDevice);
        } catch (HostException e) {
            left.kept().reversed().forEach(this::undo);
            throw e;
        }
        state.begin();
        for (var step : left.kept()) {
            record(step);
        }
        if (lasting.isPresent() && !undos.contains(lasting.get().removal())) {
            record(lasting.get().removal());
        }
    }

    private boolean inheritsDevice(LeftBehind left) throws HostException {
        return lasting.isPresent()
                && left.kept().contains(lasting.get().removal())
                && lasting.get().exists();
    }

    /**
     * Removes a device that an earlier gateway has left, so that it can be made anew; false if there is none.
     *
     * @throws HostException if that fails
     */
    public boolean removeInheritedDevice() throws HostException {
        if (inheritsDevice) {
            inheritsDevice = false;
            lasting.orElseThrow().removal().take();
            return true;
        }
        return false;
    }

    private LeftBehind sort(List<Step> steps) throws HostException {
        try {
            var changes = steps.isEmpty() ? List.<Change>of() : plan.changes();
            return LeftBehind.of(steps, changes, lasting.map(LastingDevice::removal));
        } catch (HostException e) {
            steps.reversed().forEach(this::undo);
            throw e;
        }
    }

    private void record(Step undo) throws HostException {
        state.record(undo);
        undos.push(undo);
    }

    /** A failure must not keep the rest from being reverted. */
    private void undo(Step step) {
        try {
            if (lasting.isPresent()
                    && step.equals(lasting.get().removal())
                    && !lasting.get().exists()) {
                return; // somebody else has removed it
            }
            if (!(step instanceof Step.Write(var setting, var _)) || Files.exists(setting)) { // interfaces come and go
                step.take();
            }
        } catch (HostException e) {
            LOG.warn("could not revert a change to the host: {}", e.getMessage());
        }
    }

    private static void release(StateFile state) {
        try {
            state.release();
        } catch (HostException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private static void close(StateFile state) {
        try {
            state.close();
        } catch (HostException e) {
            LOG.warn("{}", e.getMessage());
        }
    }
}
