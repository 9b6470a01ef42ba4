// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nat64.gateway.bindinglog.BindingLog;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.DeviceType;
import nat64.gateway.host.HostMtus;
import nat64.gateway.host.HostNetwork;
import nat64.gateway.host.HostPlan;
import nat64.gateway.host.HostWatch;
import nat64.gateway.host.ProxyArp;
import nat64.gateway.links.NeighborAnswers;
import nat64.gateway.links.PcapLinks;
import nat64.gateway.metrics.Metrics;
import nat64.gateway.restart.SessionKeeper;
import nat64.gateway.system.BootClock;
import nat64.gateway.system.HostException;
import nat64.gateway.system.HostMemory;
import nat64.gateway.system.RuntimeDirectory;
import nat64.translator.TranslatorStatistics;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Pref64;
import nat64.translator.device.DeviceException;
import nat64.translator.device.ReservedMemory;
import nat64.translator.device.TunDevice;
import nat64.translator.device.pcap.PcapPort;
import nat64.translator.packet.PacketPort;
import nat64.translator.translate.NextHopMtus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The translator with its device, and what the host needs for it: addresses, routes, forwarding, nftables. */
final class TranslatorPart implements Part {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final Duration LONGEST_RECONFIGURATION = Duration.ofSeconds(30);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private volatile GatewayConfig config;
    private final Optional<PacketPort> port;
    private final Metrics metrics;
    private final Runnable onDeviceGone;
    private final ClosingStack opened = new ClosingStack();
    private volatile @Nullable TranslatorThreads translator;
    private volatile @Nullable LimitWatch watch;
    private volatile @Nullable HostNetwork prepared;
    private volatile @Nullable HostNetwork network; // of a TUN device, set up
    private volatile @Nullable HostPlan planned; // by which the host is set up
    private volatile boolean stopping;
    private volatile @Nullable HostWatch hostWatch;
    private volatile @Nullable NeighborAnswers neighbors; // likewise
    private volatile @Nullable TranslatorHealth health; // of a stateful translator with a TUN device
    private volatile NextHopMtus mtus = NextHopMtus.UNLIMITED;

    /**
     * @param port takes the place of the device; the host is left alone then
     * @param onDeviceGone is called when the device is removed while the translator runs
     */
    TranslatorPart(GatewayConfig config, Optional<PacketPort> port, Metrics metrics, Runnable onDeviceGone) {
        this.config = config;
        this.port = port;
        this.metrics = metrics;
        this.onDeviceGone = onDeviceGone;
    }

    @Override
    public void start() throws Exception {
        if (port.isPresent()) {
            start(List.of(port.get()), hostMtus(config));
        } else if (isOnInterfaces()) {
            startOnInterfaces();
        } else {
            startOnTun();
        }
    }

    /**
     * Sessions stay. The host has the routes and the masquerade of new prefixes before the first packet needs them, and
     * keeps those of pool4 that is drained until the gateway ends: live sessions use them.
     */
    @Override
    public void reconfigure(GatewayConfig next) {
        var running = translator;
        if (running == null) {
            return;
        }
        if (isOnInterfaces() && !PcapDevice.settings(next).equals(PcapDevice.settings(config))) {
            throw new IllegalArgumentException("pref64 and translator.pool4 have changed; with translator.device.type"
                    + " pcap, that needs a restart");
        }
        var host = network;
        try {
            if (mtus.equals(NextHopMtus.UNLIMITED)) {
                mtus = hostMtus(next); // fixed MTUs until now, perhaps
            }
            var before = planned;
            var plan = follow(HostPlans.of(next));
            running.reconfigure(next.modeSettings(mtus)).get(LONGEST_RECONFIGURATION.toSeconds(), TimeUnit.SECONDS);
            Optional.ofNullable(neighbors).ifPresent(answers -> answers.use(HostPlans.ownPrefixes(next)));
            if (host != null && before != null) {
                host.remove(before, plan);
            }
            planned = plan;
        } catch (HostException | ExecutionException e) {
            throw new IllegalArgumentException("the translator cannot be reconfigured: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalArgumentException(
                    "the translator was not reconfigured within " + LONGEST_RECONFIGURATION.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("interrupted while the translator was reconfigured", e);
        }
        SharedAddressNews.tell(HostPlans.of(config).shared(), HostPlans.of(next).shared());
        config = next;
    }

    private boolean isOnInterfaces() {
        return config.translator().device().type() == DeviceType.PCAP;
    }

    @Override
    public List<String> missing() {
        if (!isRunning()) {
            return List.of("the translator is not running");
        }
        var missing = new ArrayList<>(stuck());
        Optional.ofNullable(watch).ifPresent(limits -> missing.addAll(limits.refusing()));
        Optional.ofNullable(hostWatch)
                .ifPresent(host -> missing.addAll(host.health().broken()));
        Optional.ofNullable(neighbors).ifPresent(answers -> missing.addAll(answers.missing()));
        Optional.ofNullable(health).ifPresent(probes -> missing.addAll(probes.missing()));
        return missing;
    }

    @Override
    public List<String> stuck() {
        var running = translator;
        if (running == null) {
            return List.of();
        }
        var stuck = new ArrayList<String>();
        running.silentWorkers(LONGEST_SILENCE)
                .forEach(worker -> stuck.add("the translator's thread " + worker + " has done nothing for more than "
                        + LONGEST_SILENCE.toSeconds() + " s"));
        Optional.ofNullable(health).ifPresent(probes -> stuck.addAll(probes.stuck()));
        return stuck;
    }

    @Override
    public void close() {
        opened.close();
    }

    /** Has the host left as it is at the end. Any thread may call it. */
    void handOver() {
        Optional.ofNullable(prepared).ifPresent(HostNetwork::leaveToSuccessor);
    }

    /** Whether packets are translated now. Any thread may ask. */
    boolean isRunning() {
        var running = translator;
        return running != null && running.isRunning();
    }

    /** Whether packets to a Pref64 are translated, and the host leads them here and on. Any thread may ask. */
    boolean isServing(Pref64 pref64) {
        var host = hostWatch;
        var probes = health;
        return isRunning()
                && (host == null || host.health().broken().isEmpty())
                && (probes == null || probes.works(pref64));
    }

    /** Nothing before the start. */
    Optional<TranslatorStatistics> statistics() {
        return threads().map(TranslatorThreads::statistics);
    }

    /** What {@code auto} MTUs stand for now. Any thread may ask. */
    NextHopMtus mtus() {
        return mtus;
    }

    /** Nothing before the start. Any thread may ask. */
    Optional<TranslatorThreads> threads() {
        return Optional.ofNullable(translator);
    }

    /** The kernel must leave the packets alone before the first one is translated. */
    private void startOnInterfaces() throws Exception {
        var plan = PcapDevice.plan(config);
        if (config.translator().setUpHost()) {
            prepare(HostNetwork.prepare(plan)).setUp();
            watch(HostWatch.start(plan));
        }
        var settings = PcapDevice.settings(config);
        var interfaces = PcapPort.open(settings, TranslatorPart::milliseconds, new BufferedSecureRandom().nextLong());
        opened.push("the interfaces", interfaces); // the translator closes them too; closing them twice does no harm
        metrics.addDevices(() -> DeviceCounters.ofInterfaces(interfaces));
        var links = PcapLinks.follow(PcapDevice.gateways(config), plan, interfaces::use);
        start(List.of(interfaces), opened.push("the monitor of the links", links));
    }

    private void startOnTun() throws Exception {
        boolean setsUp = config.translator().setUpHost();
        var plan = setsUp ? ProxyArp.of(merged(HostPlans.of(config))) : HostPlans.of(config);
        planned = plan;
        boolean lasting = setsUp
                && config.operation().keepSessions()
                && !config.translator().mode().isStateless();
        var host = setsUp ? prepare(HostNetwork.prepare(plan, lasting)) : null;
        var tun = lasting && host != null ? openLastingTun(host) : openTun(TunDevice::open);
        start(tun.queues(), hostMtus(config));
        DeviceCounters.addTun(metrics, plan.device().name());
        if (host != null) {
            host.setUp();
            network = host;
            neighbors = opened.push(
                    "the answers to neighbors",
                    NeighborAnswers.follow(plan.device().name(), HostPlans.ownPrefixes(config)));
        }
        var watched = HostWatch.start(plan, tun::reopen, setsUp);
        watch(watched);
        if (!config.translator().mode().isStateless()) {
            probe(plan, watched);
        }
    }

    private void probe(HostPlan plan, HostWatch watched) {
        var probes = TranslatorHealth.start(() -> config, plan, watched::health);
        health = opened.push("the probes", probes);
        metrics.addProbes(probes::states);
    }

    /** Has a start that is going on end soon, with an exception. Any thread may call it. */
    @Override
    public void stopStarting() {
        stopping = true;
        Optional.ofNullable(prepared).ifPresent(HostNetwork::cancel);
    }

    private HostNetwork prepare(HostNetwork host) {
        prepared = host;
        if (stopping) {
            host.cancel();
        }
        return opened.push("the host's network", host);
    }

    private void watch(HostWatch started) {
        hostWatch = opened.push("the watch of the host", started);
        metrics.addHost(started::health);
    }

    /** Mappings may be many, and no session depends on the way by which packets come. */
    private HostPlan merged(HostPlan plan) throws HostException {
        return config.translator().mode().isStateless() ? HostNetwork.withFewestRoutes(plan) : plan;
    }

    /** Has the host follow another plan; what it had for live sessions stays. Answers what it follows then. */
    private HostPlan follow(HostPlan next) throws HostException {
        var host = network;
        var watched = hostWatch;
        if (watched == null || isOnInterfaces()) { // what libpcap needs of the host changes with a restart only
            return next;
        }
        if (host == null) {
            watched.change(next, () -> {});
            return next;
        }
        boolean isStateless = config.translator().mode().isStateless();
        var all = ProxyArp.of(isStateless ? merged(next) : host.with(next));
        var before = Optional.ofNullable(planned).orElse(all);
        watched.change(all, () -> host.add(before, all));
        return all;
    }

    /** A device that was left by a gateway with another number of workers may not fit. */
    private TunDevice openLastingTun(HostNetwork host) throws IOException, HostException {
        try {
            return openTun(TunDevice::openLasting);
        } catch (DeviceException e) {
            if (host.removeInheritedDevice()) {
                return openTun(TunDevice::openLasting);
            }
            throw e;
        }
    }

    private interface Opening {
        TunDevice open(String name, boolean offload, int queues, boolean pinned) throws DeviceException;
    }

    private TunDevice openTun(Opening opening) throws IOException {
        var device = config.translator().device();
        int workers = device.workers().number(Runtime.getRuntime().availableProcessors());
        var tun = opening.open(
                device.name(), device.offload(), workers, device.workers().pinned());
        return opened.push("the device", tun); // the translator closes it too; closing it twice does no harm
    }

    private void start(List<? extends PacketPort> ports, NextHopMtus hostMtus) throws IOException, HostException {
        mtus = hostMtus;
        var memory = new ReservedMemory(HostMemory.octets());
        try {
            var running = TranslatorThreads.prepare(
                    memory,
                    config.modeSettings(hostMtus),
                    ports,
                    new TranslatorThreads.Surroundings(
                            TranslatorPart::milliseconds, new BufferedSecureRandom(), onDeviceGone, System::nanoTime));
            LOG.info("{} workers; tables may grow to {} MiB", ports.size(), memory.promised() >>> 20);
            opened.push("the translator", running);
            var log = running.isStateful() ? openBindingLog() : Optional.<BindingLog>empty();
            if (port.isEmpty() && running.isStateful()) {
                keepSessions(running);
            }
            log.ifPresent(bindings -> bindings.listen(running));
            running.begin();
            log.ifPresent(BindingLog::start);
            translator = running;
            metrics.addTranslator(running::statistics);
            TableSamples.addTo(metrics, running, () -> config);
            watch = opened.push("the watch of the limits", LimitWatch.start(running::statistics));
        } catch (OutOfMemoryError e) {
            memory.close();
            throw new IOException(
                    e.getMessage() + "; lower translator.max-sessions, or give translator.pool4 fewer addresses", e);
        }
    }

    /** It is closed after the workers have stopped and before the memory of their events is gone. */
    private Optional<BindingLog> openBindingLog() throws IOException {
        var log = BindingLog.open(config.translator().bindingLog());
        log.ifPresent(bindings -> {
            opened.push("the binding log", bindings);
            metrics.addBindingLog(bindings::status);
        });
        return log;
    }

    /** What an earlier gateway has kept is there before the first packet. */
    private void keepSessions(TranslatorThreads prepared) throws HostException {
        var file = RuntimeDirectory.file(config.translator().device().name(), ".sessions");
        if (!config.operation().keepSessions()) {
            SessionKeeper.forget(file);
            return;
        }
        var keeper = opened.push("the kept sessions", new SessionKeeper(file, prepared, BootClock::now));
        keeper.adopt();
        keeper.start();
        metrics.addKeptSessions(keeper::status);
    }

    private NextHopMtus hostMtus(GatewayConfig used) throws HostException {
        return used.translator().translation().needsHostMtus()
                ? opened.push(
                        "the MTU monitor",
                        HostMtus.follow(used.translator().device().name()))
                : NextHopMtus.UNLIMITED;
    }

    private static long milliseconds() {
        return System.nanoTime() / 1_000_000;
    }
}
