// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.health.PathProbe;
import nat64.gateway.health.ProbeState;
import nat64.gateway.health.RepeatedProbe;
import nat64.gateway.health.Uplink;
import nat64.gateway.host.HostHealth;
import nat64.gateway.host.HostPlan;
import nat64.translator.address.Pref64;

/**
 * What the probes of a stateful translator with a TUN device have found: whether packets get through it and back, and
 * whether there is a link to the IPv4 side. Any thread may ask.
 */
final class TranslatorHealth implements AutoCloseable {

    private static final Duration BETWEEN_PACKETS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final RepeatedProbe uplink;
    private final Optional<PathProbe> path;
    private final Optional<RepeatedProbe> packets;

    private TranslatorHealth(RepeatedProbe uplink, Optional<PathProbe> path, Optional<RepeatedProbe> packets) {
        this.uplink = uplink;
        this.path = path;
        this.packets = packets;
    }

    /**
     * Begins to probe.
     *
     * @param config the one that runs, which may change
     * @param plan of a host that is set up
     * @param host what the watch of the host has found
     */
    static TranslatorHealth start(Supplier<GatewayConfig> config, HostPlan plan, Supplier<HostHealth> host) {
        var device = plan.device();
        var names = List.of(device.name(), device.probe(), "lo");
        var uplink = RepeatedProbe.start("nat64-uplink", BETWEEN_LOOKS, List.of(Uplink.NAME), new Uplink(names));
        if (!config.get().translator().isProbed()) {
            return new TranslatorHealth(uplink, Optional.empty(), Optional.empty());
        }
        var surroundings = new PathProbe.Surroundings(
                device.probe(), device.name(), plan.nftTables(), config.get().probe(), host);
        var path = new PathProbe(surroundings, () -> config.get().pref64s());
        var probed = config.get().pref64s().stream().map(Pref64::toString).toList();
        var packets = RepeatedProbe.start("nat64-probe", BETWEEN_PACKETS, probed, path);
        return new TranslatorHealth(uplink, Optional.of(path), Optional.of(packets));
    }

    /** What is known by each probe. */
    List<ProbeState> states() {
        return all().flatMap(probe -> probe.states().stream()).toList();
    }

    /** Why clients are not served, a sentence each. */
    List<String> missing() {
        return all().flatMap(RepeatedProbe::missing).toList();
    }

    /** What only a restart may mend, a sentence each. */
    List<String> stuck() {
        return all().flatMap(RepeatedProbe::mysteries).toList();
    }

    /** Whether packets to a Pref64 reach the IPv4 side, as far as the probes can tell. */
    boolean works(Pref64 pref64) {
        return !uplink.fails(Uplink.NAME)
                && packets.map(probe -> !probe.fails(pref64.toString())).orElse(true);
    }

    private Stream<RepeatedProbe> all() {
        var probes = new ArrayList<RepeatedProbe>();
        packets.ifPresent(probes::add);
        probes.add(uplink);
        return probes.stream();
    }

    @Override
    public void close() {
        uplink.close();
        packets.ifPresent(RepeatedProbe::close);
        path.ifPresent(PathProbe::close);
    }
}
