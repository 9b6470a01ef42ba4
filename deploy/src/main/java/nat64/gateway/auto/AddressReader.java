// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nat64.gateway.auto.HostAddresses.Attachment;
import nat64.gateway.auto.HostAddresses.Flag;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.system.InternetRoute;

/** Reads the addresses of this host from {@code ip}; where that is missing, from the JVM, which knows no flags. */
final class AddressReader {

    private static final Pattern DEVICE = Pattern.compile("\"dev\":\"([^\"]+)\"");

    private AddressReader() {}

    /** @throws HostException if they can't be read */
    static HostAddresses read() throws HostException {
        if (Commands.locate("ip").isEmpty()) {
            return ofTheJvm();
        }
        var attachments = attachments(Commands.json("ip -json address show"));
        return new HostAddresses(attachments, uplinks(routesToTheInternet(attachments)));
    }

    /** The addresses that {@code ip -json address show} prints. */
    static List<Attachment> attachments(JsonNode links) {
        var attachments = new ArrayList<Attachment>();
        for (var link : links) {
            for (var address : link.path("addr_info")) {
                if (address.has("local")) { // nothing else is printed of an address that is just going away
                    attachments.add(attachment(link.path("ifname").asText(), address));
                }
            }
        }
        return attachments;
    }

    /**
     * A route for each link that has one, whatever its metric. The kernel looks them up: a list of all routes may have
     * a million of them. Links without one are errors, which don't matter.
     */
    private static String routesToTheInternet(List<Attachment> attachments) throws HostException {
        var questions = attachments.stream()
                .map(Attachment::device)
                .distinct()
                .map(device -> "route get fibmatch " + InternetRoute.DESTINATION + " oif " + device)
                .toList();
        return Commands.feed(List.of("ip", "-json", "-force", "-batch", "-"), questions)
                .output();
    }

    /** The links of routes, as {@code ip -json route get} prints them, between messages about errors. */
    static Set<String> uplinks(String printed) {
        return DEVICE.matcher(printed).results().map(device -> device.group(1)).collect(Collectors.toUnmodifiableSet());
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
