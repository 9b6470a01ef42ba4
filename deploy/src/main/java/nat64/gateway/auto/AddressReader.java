// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import nat64.gateway.auto.HostAddresses.Attachment;
import nat64.gateway.auto.HostAddresses.Flag;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/** Reads the addresses of this host from {@code ip}; where that is missing, from the JVM, which knows no flags. */
final class AddressReader {

    private AddressReader() {}

    /** @throws HostException if they can't be read */
    static HostAddresses read() throws HostException {
        return Commands.locate("ip").isPresent()
                ? parse(Commands.json("ip -json address show"), Commands.json("ip -json -4 route show default"))
                : ofTheJvm();
    }

    /**
     * As {@code ip} prints them.
     *
     * @param links the output of {@code ip -json address show}
     * @param defaultRoutes the output of {@code ip -json -4 route show default}
     */
    static HostAddresses parse(JsonNode links, JsonNode defaultRoutes) {
        var attachments = new ArrayList<Attachment>();
        for (var link : links) {
            for (var address : link.path("addr_info")) {
                if (address.has("local")) { // nothing else is printed of an address that is just going away
                    attachments.add(attachment(link.path("ifname").asText(), address));
                }
            }
        }
        return new HostAddresses(attachments, new HashSet<>(defaultRoutes.findValuesAsText("dev")));
    }

    private static Attachment attachment(String device, JsonNode address) {
        return new Attachment(
                device,
                InetAddress.ofLiteral(address.path("local").asText()),
                address.path("prefixlen").asInt(),
                flags(address));
    }

    private static Set<Flag> flags(JsonNode address) {
        var flags = EnumSet.noneOf(Flag.class);
        for (var flag : Flag.values()) {
            if (address.path(flag.name().toLowerCase(Locale.ROOT)).asBoolean()) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private static HostAddresses ofTheJvm() throws HostException {
        try {
            var attachments = new ArrayList<Attachment>();
            for (var device : NetworkInterface.networkInterfaces().toList()) {
                for (var address : device.getInterfaceAddresses()) {
                    attachments.add(
                            new Attachment(device.getName(), address.getAddress(), address.getNetworkPrefixLength()));
                }
            }
            return new HostAddresses(List.copyOf(attachments));
        } catch (SocketException e) {
            throw new HostException("cannot list the addresses of this host: " + e.getMessage(), e);
        }
    }
}
