// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import nat64.gateway.auto.HostAddresses;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/**
 * What checks look at.
 *
 * @param addresses with their links
 * @param firewall what {@code nft -j list chains} prints; nothing if this process may not ask
 * @param setting the value of a setting of the kernel, by its path below {@code /proc/sys/net}; nothing if it has none
 * @param isInUse whether another program listens on a UDP port
 */
record Host(
        HostAddresses addresses,
        Optional<JsonNode> firewall,
        Function<String, Optional<String>> setting,
        Predicate<InetSocketAddress> isInUse) {

    private static final Path SETTINGS = Path.of("/proc/sys/net");

    /** @throws HostException if its addresses can't be read */
    static Host thisOne() throws HostException {
        return new Host(HostAddresses.ofThisHost(), chains(), Host::read, Host::isPortInUse);
    }

    private static Optional<JsonNode> chains() {
        try {
            return Commands.locate("nft").isPresent()
                    ? Optional.of(Commands.json("nft -j list chains"))
                    : Optional.empty();
        } catch (HostException e) {
            return Optional.empty(); // it needs CAP_NET_ADMIN
        }
    }

    /** In one read: the kernel gives no more to a second one. */
    private static Optional<String> read(String setting) {
        try (var reader = Files.newBufferedReader(SETTINGS.resolve(setting))) {
            return Optional.ofNullable(reader.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isPortInUse(InetSocketAddress address) {
        try (var _ = new DatagramSocket(address)) {
            return false;
        } catch (SocketException e) {
            return String.valueOf(e.getMessage()).contains("in use");
        }
    }
}
