// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;

class AggregationTest {

    private static final Aggregation ALL = new Aggregation(_ -> true);
    private static final int BITS = 10;
    private static final int BASE = 0xC000_0000;

    @Test
    void makesOneOfTwoHalves() {
        assertThat(ALL.ofIpv4(ipv4("192.0.2.128/25", "192.0.2.0/25"))).isEqualTo(ipv4("192.0.2.0/24"));
        assertThat(ALL.ofIpv6(ipv6("2001:db8::1/128", "2001:db8::/128"))).isEqualTo(ipv6("2001:db8::/127"));
        assertThat(ALL.ofIpv6(ipv6("2001:db8:0:1::/64", "2001:db8::/64"))).isEqualTo(ipv6("2001:db8::/63"));
    }

    @Test
    void keepsNeighborsThatAreNoHalvesOfOne() {
        var neighbors = ipv4("192.0.2.1/32", "192.0.2.2/32");

        assertThat(ALL.ofIpv4(neighbors)).isEqualTo(neighbors);
    }

    @Test
    void leavesOutPartsOfOthers() {
        assertThat(ALL.ofIpv4(ipv4("192.0.2.7/32", "192.0.2.0/24", "192.0.2.0/25")))
                .isEqualTo(ipv4("192.0.2.0/24"));
    }

    @Test
    void makesAllAddressesOneRoute() {
        assertThat(ALL.ofIpv4(ipv4("128.0.0.0/1", "0.0.0.0/1"))).isEqualTo(ipv4("0.0.0.0/0"));
    }

    @Test
    void makesOneOf65536() {
        var addresses = IntStream.range(0, 1 << 16)
                .mapToObj(i -> new Ipv4Prefix(0x0a00_0000 + i, 32))
                .toList();

        assertThat(ALL.ofIpv4(addresses)).isEqualTo(ipv4("10.0.0.0/16"));
    }

    @Test
    void doesNotMakeOneWhereItMayNot() {
        var link = Ipv4Prefix.parse("192.0.2.0/24");
        var others = new Aggregation(prefix -> !prefix.equals(PrefixMap.inIpv6(link)));

        assertThat(others.ofIpv4(ipv4("192.0.2.0/25", "192.0.2.128/26", "192.0.2.192/26")))
                .isEqualTo(ipv4("192.0.2.0/25", "192.0.2.128/25"));
    }

    /** The result has the same addresses, each once, and does not depend on the order of the input. */
    @Test
    void hasExactlyTheSameAddresses() {
        var random = new Random(71);
        for (int round = 0; round < 500; round++) {
            var prefixes = random.ints(random.nextInt(60), 0, 1 << BITS)
                    .mapToObj(i -> prefix(i, 32 - random.nextInt(4)))
                    .toList();
            var fewer = ALL.ofIpv4(prefixes);

            assertThat(addresses(fewer)).isEqualTo(addresses(prefixes));
            assertThat(fewer.stream().mapToLong(Ipv4Prefix::size).sum())
                    .as("no address twice")
                    .isEqualTo(addresses(prefixes).cardinality());
            assertThat(ALL.ofIpv4(fewer.reversed())).isEqualTo(fewer);
        }
    }

    @Test
    void noRouteBecomesAsShortAsOneOfOthers() {
        var random = new Random(72);
        for (int round = 0; round < 500; round++) {
            var others = new PrefixMap<Boolean>();
            random.ints(random.nextInt(5), 0, 1 << BITS)
                    .mapToObj(i -> prefix(i, 31 - random.nextInt(5)))
                    .forEach(prefix -> others.add(PrefixMap.inIpv6(prefix), true));
            var prefixes =
                    random.ints(200, 0, 1 << BITS).mapToObj(i -> prefix(i, 32)).toList();
            var fewer = new Aggregation(prefix -> others.inside(prefix).isEmpty()).ofIpv4(prefixes);

            assertThat(addresses(fewer)).isEqualTo(addresses(prefixes));
            assertThat(fewer)
                    .noneMatch(prefix -> others.inside(PrefixMap.inIpv6(prefix)).isPresent());
        }
    }

    private static Ipv4Prefix prefix(int offset, int length) {
        return new Ipv4Prefix((BASE + offset) & (-1 << (32 - length)), length);
    }

    private static BitSet addresses(List<Ipv4Prefix> prefixes) {
        var addresses = new BitSet(1 << BITS);
        prefixes.forEach(
                prefix -> addresses.set(prefix.address() - BASE, (int) (prefix.address() - BASE + prefix.size())));
        return addresses;
    }

    private static List<Ipv4Prefix> ipv4(String... prefixes) {
        return new ArrayList<>(List.of(prefixes))
                .stream().map(Ipv4Prefix::parse).toList();
    }

    private static List<Ipv6Prefix> ipv6(String... prefixes) {
        return List.of(prefixes).stream().map(Ipv6Prefix::parse).toList();
    }
}
