// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import nat64.translator.address.Ipv6Address;
import nat64.translator.device.DeviceException;
import nat64.translator.device.ethernet.MacAddress;

/**
 * What a host tells of an interface.
 *
 * @param mtu in bytes
 * @param ipv4Address the host's first address on it
 */
record HostInterface(String name, long mac, int mtu, Optional<Integer> ipv4Address) {

    /**
     * Reads it.
     *
     * @throws DeviceException if there is no such interface, or it can't carry Ethernet frames now
     */
    static HostInterface of(String name) throws DeviceException {
        try {
            var found = NetworkInterface.getByName(name);
            if (found == null) {
                throw new DeviceException("there is no interface " + name + "; 'ip link' lists those that there are");
            }
            if (!found.isUp()) {
                throw new DeviceException("the interface %1$s is down; run 'ip link set %1$s up'".formatted(name));
            }
            var mac = found.getHardwareAddress();
            if (mac == null || mac.length != MacAddress.LENGTH || MacAddress.of(mac) == 0) {
                throw new DeviceException("the interface " + name + " has no MAC address; use an Ethernet interface");
            }
            return new HostInterface(name, MacAddress.of(mac), found.getMTU(), ipv4Address(found));
        } catch (SocketException e) {
            throw new DeviceException("cannot read the interface " + name + ": " + e.getMessage());
        }
    }

    private static Optional<Integer> ipv4Address(NetworkInterface found) {
        return found.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(address -> ByteBuffer.wrap(address.getAddress()).getInt())
                .findFirst();
    }

    /**
     * Makes sure that no interface of the host has an address that the port answers for: the kernel would answer too.
     *
     * @throws DeviceException if one has
     */
    static void requireNoneOf(PcapSettings settings) throws DeviceException {
        try {
            for (var found : NetworkInterface.networkInterfaces().toList()) {
                for (var address : found.inetAddresses().toList()) {
                    if (isOwned(address, settings)) {
                        throw new DeviceException("the address %s of %s is one that is translated to or from; remove it"
                                        .formatted(address.getHostAddress(), found.getName())
                                + " from the interface, or choose another pool4 or Pref64");
                    }
                }
            }
        } catch (SocketException e) {
            throw new DeviceException("cannot list the interfaces: " + e.getMessage());
        }
    }

    private static boolean isOwned(InetAddress address, PcapSettings settings) {
        if (address instanceof Inet4Address) {
            int ipv4 = ByteBuffer.wrap(address.getAddress()).getInt();
            return settings.ipv4Prefixes().stream().anyMatch(prefix -> prefix.contains(ipv4));
        }
        var ipv6 = Ipv6Address.ofBytes(address.getAddress());
        return ipv6.equals(settings.routerAddress())
                || settings.ipv6Prefixes().stream().anyMatch(prefix -> prefix.contains(ipv6));
    }
}
