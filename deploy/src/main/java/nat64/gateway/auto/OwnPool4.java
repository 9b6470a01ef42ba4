// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.host.SharedAddress;
import nat64.gateway.system.BoundPorts;
import nat64.gateway.system.HostException;
import nat64.gateway.system.InternetRoute;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;

/** What {@code pool4: auto} stands for: some ports of the host's own IPv4 address. */
public final class OwnPool4 {

    /** Where the kernel takes the ports of programs that ask for any; below {@code /proc/sys/net}. */
    public static final String LOCAL_PORTS = "ipv4/ip_local_port_range";

    private static final int LEAST_LOCAL_PORTS = 1024;
    private static final LastingPorts DATAGRAM_PORTS = new LastingPorts();

    private OwnPool4() {}

    /**
     * With the host's own address as pool4, if that is wanted and possible. While the host has none, it stays what it
     * was.
     *
     * @param running what a gateway runs by
     * @throws HostException if the host can't be asked
     */
    static GatewayConfig of(GatewayConfig config, Optional<GatewayConfig> running) throws HostException {
        var translator = config.translator();
        if (!config.role().translates() || !isWanted(translator.stateful())) {
            return config;
        }
        var before = running.flatMap(OwnPool4::shared);
        var address = InternetRoute.ofThisHost()
                .filter(route -> !route.device().equals(translator.device().name()))
                .map(InternetRoute::source)
                .filter(source -> !source.isEmpty())
                .map(Ipv4Address::parse)
                .or(() -> before.map(range -> range.prefix().address()));
        if (address.isEmpty()
                || (before.isEmpty()
                        && !(SharedAddress.isPossible(translator.device().name())
                                && leavesPorts(translator.stateful())))) {
            return config;
        }
        return config.with(translator.with(with(translator.stateful(), address.get(), inUse(address.get()))));
    }

    /** In one read: the kernel gives no more to a second one. */
    private static boolean leavesPorts(StatefulConfig config) throws HostException {
        try (var reader = Files.newBufferedReader(Path.of("/proc/sys/net", LOCAL_PORTS))) {
            var local = reader.readLine();
            return config.automatic()
                    .ownPorts()
                    .filter(ports -> leavesPorts(ports, local))
                    .isPresent();
        } catch (IOException e) {
            throw new HostException("cannot read net/%s: %s".formatted(LOCAL_PORTS, e.getMessage()), e);
        }
    }

    /** Whether programs of the host still get ports beside those of pool4; the local ports are as the kernel prints. */
    public static boolean leavesPorts(PortRange ports, String local) {
        var bounds = local.strip().split("\\s+", 2);
        return IntStream.rangeClosed(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]))
                        .filter(port -> !ports.contains(port))
                        .count()
                >= LEAST_LOCAL_PORTS;
    }

    /** Whether a configuration would rather share an address of the host than hide behind it. */
    public static boolean isWanted(StatefulConfig config) {
        return config.automatic().ownPorts().isPresent() && !config.bindsGivenAddresses();
    }

    /**
     * With an address of the host as pool4.
     *
     * @param inUse ports that programs of the host use there
     */
    static StatefulConfig with(StatefulConfig config, int address, HostPorts inUse) {
        return config.automatic()
                .ownPorts()
                .map(ports -> config.with(List.of(range(address, ports, inUse))))
                .orElse(config);
    }

    private static Optional<Pool4Range> shared(GatewayConfig running) {
        return running.translator().stateful().pool4().stream()
                .filter(Pool4Range::isShared)
                .findFirst();
    }

    private static HostPorts inUse(int address) throws HostException {
        var lasting = DATAGRAM_PORTS.of(BoundPorts.udp(address).boxed().toList(), System.nanoTime());
        return HostPorts.of(
                IntStream.concat(BoundPorts.tcp(address), lasting.stream().mapToInt(Integer::intValue)));
    }

    private static Pool4Range range(int address, PortRange ports, HostPorts inUse) {
        var left = HostPorts.of(inUse.stream().filter(ports::contains));
        return new Pool4Range(new Ipv4Prefix(address, Integer.SIZE), ports, Optional.of(left));
    }
}
