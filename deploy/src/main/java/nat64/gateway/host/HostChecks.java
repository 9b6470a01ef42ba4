// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.host.routes.PrefixMap;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/** Reasons not to touch a host. Every message says what to do about it. */
final class HostChecks {

    private static final int CAP_NET_ADMIN = 12; // linux/capability.h

    private static final Path DEVICES = Path.of("/proc/self/net/dev");

    private HostChecks() {}

    /** Whether this process may and can set up a network at all. */
    static void privileges() throws HostException {
        if (!mayAdministerNetwork(read(Path.of("/proc/self/status")))) {
            throw new HostException("setting up the network needs root or CAP_NET_ADMIN: use sudo");
        }
        if (!Files.exists(Path.of("/proc/sys/net/ipv6"))) {
            throw new HostException("IPv6 is disabled in this kernel: remove ipv6.disable=1 from its command line");
        }
        requireTool("ip", "iproute2");
        requireTool("nft", "nftables");
    }

    /** Whether there can be a TUN device. */
    static void tunDevice() throws HostException {
        if (!Files.exists(Path.of("/dev/net/tun"))) {
            throw new HostException(
                    "/dev/net/tun does not exist: run 'modprobe tun'; in a container, pass the device in"
                            + " (docker run --device /dev/net/tun); or set translator.device.type: pcap");
        }
    }

    /**
     * Whether a device or route of the host conflicts with the plan.
     *
     * @param isOurs whether the device is that of an earlier gateway, to be used again
     */
    static void conflicts(HostPlan plan, boolean isOurs) throws HostException {
        var device = plan.device().name();
        if (!isOurs && interfaceExists(device)) {
            throw new HostException(("the network device '%1$s' already exists: choose another name, or delete it"
                            + " with 'ip link delete %1$s'")
                    .formatted(device));
        }
        var ipv6 = Routes.ipv6(Routes.ofOthers(Routes.within("-6", plan.pref64s()), device));
        for (var prefix : plan.pref64s()) {
            refuse("Pref64", prefix, ipv6.inside(prefix));
        }
        var ipv4 = Routes.ipv4(Routes.ofOthers(Routes.within("-4", plan.pool4()), device));
        for (var prefix : plan.pool4()) {
            refuse("pool4", prefix, ipv4.inside(PrefixMap.inIpv6(prefix)));
        }
    }

    /** Reads the effective capabilities out of {@code /proc/self/status}. */
    static boolean mayAdministerNetwork(String processStatus) {
        return processStatus
                .lines()
                .filter(line -> line.startsWith("CapEff:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(capabilities -> (capabilities >>> CAP_NET_ADMIN & 1) == 1);
    }

    private static void refuse(String what, Record prefix, Optional<Route> route) throws HostException {
        if (route.isPresent()) {
            throw new HostException(
                    "%s %s overlaps a route of this host: '%s'; choose another prefix, or delete the route"
                            .formatted(what, prefix, route.get()));
        }
    }

    private static void requireTool(String tool, String debianPackage) throws HostException {
        if (Commands.locate(tool).isEmpty()) {
            throw new HostException("the command %s is missing: install the package %s".formatted(tool, debianPackage));
        }
    }

    /** Of any kind: Java's own list lacks those that have no address. */
    static boolean interfaceExists(String device) throws HostException {
        return read(DEVICES).lines().anyMatch(line -> line.strip().startsWith(device + ":"));
    }

    private static String read(Path file) throws HostException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new HostException("cannot read %s: %s".formatted(file, e), e);
        }
    }
}
