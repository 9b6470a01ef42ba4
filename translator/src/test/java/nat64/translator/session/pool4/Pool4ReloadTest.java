// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.Test;

/** What becomes of indexes and of hosts when ranges are added or drained. */
class Pool4ReloadTest {

    private static final int HOSTS = 20_000;
    private static final Pool4Range FIRST = range("203.0.113.0/29");
    private static final Pool4Range SECOND = range("198.51.100.0/30");

    private final Pool4 pool4 = new Pool4(List.of(FIRST, SECOND));

    @Test
    void keepsTheIndexOfEveryAddress() {
        var next = pool4.next(List.of(range("192.0.2.0/30"), SECOND));

        for (int index = 0; index < pool4.size(); index++) {
            assertThat(next.address(index)).isEqualTo(pool4.address(index));
        }
        assertThat(next.size()).isEqualTo(16);
        assertThat(next.address(12)).isEqualTo(Ipv4Address.parse("192.0.2.0"));
        assertThat(next.keepsIndexesOf(pool4)).isTrue();
        assertThat(new Pool4(List.of(SECOND)).keepsIndexesOf(pool4)).isFalse();
    }

    @Test
    void drainsWhatIsInNoRangeUntilItComesBack() {
        var drained = pool4.next(List.of(SECOND));

        assertThat(drained.contains(Ipv4Address.parse("203.0.113.1"))).isTrue();
        assertThat(drained.isActiveAddress(Ipv4Address.parse("203.0.113.1"))).isFalse();
        assertThat(drained.isActive(8)).isTrue();
        assertThat(drained.activeAddresses()).isEqualTo(4);
        assertThat(drained.next(List.of(FIRST, SECOND)).activeAddresses()).isEqualTo(12);
    }

    @Test
    void drainsAddressesOfARangeUntilTheyAreNoLongerNamed() {
        var drained = pool4.next(List.of(FIRST, SECOND), List.of(Ipv4Prefix.parse("203.0.113.2/31")));

        assertThat(drained.keepsIndexesOf(pool4)).isTrue();
        assertThat(drained.activeAddresses()).isEqualTo(10);
        assertThat(IntStream.range(0, 12).filter(index -> !drained.isActive(index)))
                .containsExactly(2, 3);
        assertThat(drained.isInRange(Ipv4Address.parse("203.0.113.2"))).isTrue();
        assertThat(drained.next(List.of(FIRST, SECOND)).activeAddresses()).isEqualTo(12);
    }

    @Test
    void drainsAddressesThatAreNew() {
        var next = pool4.next(List.of(FIRST, SECOND, range("192.0.2.0/30")), List.of(Ipv4Prefix.parse("192.0.2.1/32")));

        assertThat(next.isActiveAddress(Ipv4Address.parse("192.0.2.1"))).isFalse();
        assertThat(next.activeAddresses()).isEqualTo(15);
    }

    @Test
    void answersSomeIndexWhereAllAddressesDrain() {
        var drained = pool4.next(List.of(FIRST, SECOND), List.of(new Ipv4Prefix(0, 0)));

        assertThat(drained.activeAddresses()).isZero();
        assertThat(drained.isActive(drained.choose(6146))).isFalse();
    }

    @Test
    void takesALargerRangeAroundAKnownOne() {
        var next = pool4.next(List.of(new Pool4Range(Ipv4Prefix.parse("203.0.113.0/28"), new PortRange(2000, 3000))));

        assertThat(next.index(Ipv4Address.parse("203.0.113.7"))).isEqualTo(7);
        assertThat(next.index(Ipv4Address.parse("203.0.113.8"))).isEqualTo(12);
        assertThat(next.range(7).ports()).isEqualTo(new PortRange(2000, 3000));
        assertThat(next.activeAddresses()).isEqualTo(16);
    }

    @Test
    void takesAPartOfAKnownRange() {
        var next = pool4.next(List.of(range("203.0.113.4/31")));

        assertThat(next.activeAddresses()).isEqualTo(2);
        assertThat(next.isActive(3)).isFalse();
        assertThat(next.isActive(4)).isTrue();
        assertThat(next.isActive(6)).isFalse();
    }

    @Test
    void spreadsHostsEvenly() {
        var hosts = new int[pool4.size()];
        for (long key : keys()) {
            hosts[pool4.choose(key)]++;
        }
        assertThat(IntStream.of(hosts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(HOSTS / 12 * 8 / 10, HOSTS / 12 * 12 / 10));
    }

    @Test
    void movesOnlyTheHostsThatAddedAddressesTake() {
        var next = pool4.next(List.of(FIRST, SECOND, range("192.0.2.0/30")));
        int moved = 0;
        for (long key : keys()) {
            if (next.choose(key) != pool4.choose(key)) {
                assertThat(next.choose(key)).isBetween(12, 15);
                moved++;
            }
        }
        assertThat(moved).isBetween(HOSTS / 5, HOSTS * 3 / 10); // 4 addresses of 16
    }

    @Test
    void movesOnlyTheHostsOfAddressesThatDrain() {
        var next = pool4.next(List.of(FIRST));
        for (long key : keys()) {
            assertThat(next.choose(key)).isLessThan(8);
            if (pool4.choose(key) < 8) {
                assertThat(next.choose(key)).isEqualTo(pool4.choose(key));
            }
        }
        assertThat(next.next(List.of(FIRST, SECOND)).choose(6146)).isEqualTo(pool4.choose(6146));
    }

    @Test
    void findsTheLastActiveAddressAmongManyThatDrain() {
        var large = new Pool4(List.of(range("10.0.0.0/16"), range("203.0.113.7/32")));
        var next = large.next(List.of(range("203.0.113.7/32")));

        assertThat(next.choose(6146)).isEqualTo(65_536);
    }

    @Test
    void keepsTakenPortsWhenAddressesAreAdded() {
        var arena = Arena.ofAuto();
        var one = new Pool4(List.of(new Pool4Range(Ipv4Prefix.parse("203.0.113.0/32"), new PortRange(5000, 5000))));
        var ports = new PortAllocator(arena, one, false, new SplittableRandom(4787));
        assertThat(ports.allocate(0, 5000)).isEqualTo(5000);

        ports.use(ports.prepare(arena, one.next(List.of(one.ranges().getFirst(), SECOND))));

        assertThat(ports.allocate(0, 5000)).isEqualTo(PortAllocator.NONE);
        assertThat(ports.reserve(4, 5000)).isTrue();
        assertThat(ports.reserve(4, 5000)).isFalse();
    }

    private static long[] keys() {
        return new SplittableRandom(6146).longs(HOSTS).toArray();
    }

    private static Pool4Range range(String prefix) {
        return new Pool4Range(Ipv4Prefix.parse(prefix), PortRange.ALL);
    }
}
