// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.device.TunDevice;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.policy.ProbeFlow;

/**
 * A TUN device behind which both hosts of a probe are, and the routes to them. It vanishes when it is closed. For one
 * thread, but for {@link #wake}.
 */
final class ProbeDevice implements AutoCloseable {

    private final String name;
    private final ProbeFlow flow;
    private final TunDevice device;
    private final PacketPort port;

    private ProbeDevice(String name, ProbeFlow flow, TunDevice device) {
        this.name = name;
        this.flow = flow;
        this.device = device;
        port = device.queues().getFirst();
    }

    /**
     * Makes the device; {@link #setUp} has to follow.
     *
     * @throws IOException if it can't be made
     */
    static ProbeDevice open(String name, ProbeFlow flow) throws IOException {
        return new ProbeDevice(name, flow, TunDevice.open(name, false, 1, false));
    }

    /**
     * Sets the link up and the routes to the hosts, and makes the device anew if it was deleted. What is there stays.
     *
     * @throws IOException if the device can't be made
     * @throws HostException if the host refuses
     */
    void setUp() throws IOException, HostException {
        if (device.isGone()) {
            device.reopen();
        }
        var disabled = Path.of("/proc/sys/net/ipv6/conf", name, "disable_ipv6");
        if (Files.exists(disabled) && !Files.readString(disabled).strip().equals("0")) {
            Files.writeString(disabled, "0");
        }
        var failed = Commands.feed(List.of("ip", "-batch", "-"), commands(name, flow));
        if (!failed.isSuccess()) {
            throw new HostException(failed.output().strip());
        }
    }

    /** As {@code ip -batch} takes them. */
    static List<String> commands(String name, ProbeFlow flow) {
        var commands = new ArrayList<String>();
        commands.add("link set dev %s addrgenmode none".formatted(name));
        commands.add("link set dev %s up".formatted(name));
        commands.add("route replace %s/128 dev %s".formatted(new Ipv6Address(flow.ipv6High(), flow.ipv6Low()), name));
        commands.add("route replace %s/32 dev %s".formatted(Ipv4Address.format(flow.ipv4()), name));
        return commands;
    }

    boolean send(Packet packet) {
        return port.send(packet);
    }

    boolean receive(Packet packet) {
        return port.receive(packet);
    }

    void await(int milliseconds) {
        port.await(milliseconds);
    }

    /** Ends an {@link #await}. */
    void wake() {
        port.wake();
    }

    @Override
    public void close() {
        device.close();
    }
}
