// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.testing.Packets;

/**
 * From and to whom packets of a mode go that are not thrown away at once.
 *
 * @param ipv6 sources on the IPv6 side
 * @param ipv6Targets destinations there
 * @param ipv4 sources on the IPv4 side
 * @param ipv4Targets destinations there
 */
record Hosts(List<byte[]> ipv6, List<byte[]> ipv6Targets, List<byte[]> ipv4, List<byte[]> ipv4Targets) {

    private static final int STRANGERS = 30; // one in so many

    static Hosts of(String ipv6, String ipv6Targets, String ipv4, String ipv4Targets) {
        return new Hosts(read(ipv6), read(ipv6Targets), read(ipv4), read(ipv4Targets));
    }

    private static List<byte[]> read(String addresses) {
        return List.of(addresses.split(" ")).stream()
                .map(text -> (text.indexOf(':') < 0 ? Packets.ip4(text) : Packets.ip6(text)).getAddress())
                .toList();
    }

    /** One of the list or, seldom, an address that differs from it in one octet. */
    static byte[] choose(List<byte[]> hosts, RandomGenerator random) {
        var host = hosts.get(random.nextInt(hosts.size()));
        if (random.nextInt(STRANGERS) > 0) {
            return host;
        }
        var stranger = host.clone();
        stranger[random.nextInt(stranger.length)] = (byte) random.nextInt();
        return stranger;
    }
}
