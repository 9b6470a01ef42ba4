// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortAllocatorTest {

    @Test
    void givesEachPortOnceUntilNoneIsLeft() {
        var ports = allocator(new PortRange(900, 3000), true);
        var given = new HashSet<Integer>();
        for (int i = 0; i < 2101; i++) {
            assertThat(given.add(ports.allocate(0, 2000 + i))).isTrue();
        }
        assertThat(given).allMatch(port -> port >= 900 && port <= 3000);
        assertThat(ports.allocate(0, 2000)).isEqualTo(PortAllocator.NONE);
        ports.release(0, 1234);
        assertThat(ports.allocate(0, 2001)).isEqualTo(1234);
    }

    @ParameterizedTest(name = "port {0}")
    @ValueSource(ints = {1, 22, 1023, 1024, 5353, 65_535})
    @Tag("C-138")
    @Tag("C-139")
    void keepsRangeAndParityWhileItCan(int wanted) {
        var ports = allocator(PortRange.ALL, true);
        for (int i = 0; i < 400; i++) {
            int port = ports.allocate(0, wanted);
            assertThat(port < 1024).isEqualTo(wanted < 1024);
            assertThat(port & 1).isEqualTo(wanted & 1);
        }
    }

    @Test
    void fallsBackToTheOtherParityAndTheOtherRange() {
        var ports = allocator(new PortRange(1022, 1025), true);
        assertThat(ports.allocate(0, 2000)).isEqualTo(1024);
        assertThat(ports.allocate(0, 2000)).isEqualTo(1025);
        assertThat(List.of(ports.allocate(0, 2000), ports.allocate(0, 2000))).containsExactlyInAnyOrder(1022, 1023);
    }

    @Test
    @Tag("C-142")
    void choosesAtRandom() {
        var ports = allocator(PortRange.ALL, false);
        int neighbours = 0;
        int last = -10;
        for (int i = 0; i < 1000; i++) {
            int port = ports.allocate(0, 40_000);
            neighbours += Math.abs(port - last) <= 2 ? 1 : 0;
            last = port;
        }
        assertThat(neighbours).isLessThan(10);
    }

    @Test
    void keepsTheAddressesApart() {
        var ports = allocator(new PortRange(5000, 5000), false);
        assertThat(ports.allocate(0, 5000)).isEqualTo(5000);
        assertThat(ports.allocate(1, 5000)).isEqualTo(5000);
        assertThat(ports.allocate(0, 5000)).isEqualTo(PortAllocator.NONE);
    }

    @ParameterizedTest(name = "parity kept: {0}")
    @ValueSource(booleans = {true, false})
    void neverGivesAPortThatAProgramOfTheHostUses(boolean keepParity) {
        var inUse = HostPorts.of(IntStream.concat(IntStream.range(40_000, 40_130), IntStream.of(40_200)));
        var range =
                new Pool4Range(Ipv4Prefix.parse("192.0.2.10/32"), new PortRange(40_000, 40_255), Optional.of(inUse));
        var ports = allocator(range, keepParity);
        var given = new HashSet<Integer>();
        for (int port = ports.allocate(0, 5000); port != PortAllocator.NONE; port = ports.allocate(0, 5000)) {
            given.add(port);
        }
        assertThat(given).hasSize(256 - 131).noneMatch(inUse::contains);
    }

    private static PortAllocator allocator(PortRange range, boolean keepParity) {
        return allocator(new Pool4Range(Ipv4Prefix.parse("203.0.113.0/30"), range), keepParity);
    }

    private static PortAllocator allocator(Pool4Range range, boolean keepParity) {
        var pool4 = new Pool4(List.of(range));
        return new PortAllocator(Arena.ofAuto(), pool4, keepParity, new SplittableRandom(4787));
    }
}
