// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortBlocksTest {

    private static final long HOLD = 120_000;
    private static final PortRange FOUR_BLOCKS = new PortRange(1024, 3071);
    private static final PortBlockSettings OF_512 = new PortBlockSettings(512, 2, 64);

    private final Arena arena = Arena.ofConfined();
    private final SplittableRandom random = new SplittableRandom(7422);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void aSubscriberGetsPortsOfOneAlignedBlock() {
        var blocks = blocks(OF_512, pool("192.0.2.1", PortRange.ALL));
        var ports = ports(pool("192.0.2.1", PortRange.ALL));
        var taken = new HashSet<Integer>();
        for (int i = 0; i < 512; i++) {
            int port = blocks.allocate(ports, 1, i, 5000 + i, 0);
            blocks.bind(1, i, 0, port);
            taken.add(port);
        }
        int first = taken.stream().mapToInt(Integer::intValue).min().orElseThrow();
        assertThat(first % 512).isZero();
        assertThat(first).isGreaterThanOrEqualTo(1024);
        assertThat(taken).hasSize(512).allMatch(port -> port >= first && port < first + 512);
    }

    @Test
    void blocksAndPortsWithinThemCannotBeGuessed() {
        var firstPorts = new HashSet<Integer>();
        var firstBlocks = new HashSet<Integer>();
        var pool = pool("192.0.2.1", PortRange.ALL);
        for (int i = 0; i < 50; i++) {
            int port = blocks(OF_512, pool).allocate(ports(pool), 1, 1, 5000, 0);
            firstBlocks.add(port / 512);
            firstPorts.add(port % 512);
        }
        assertThat(firstBlocks).hasSizeGreaterThan(25);
        assertThat(firstPorts).hasSizeGreaterThan(25);
    }

    @Test
    void portsKeepTheirParityAsLongAsABlockHasSuchPorts() {
        var pool = pool("192.0.2.1", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        var ports = new PortAllocator(arena, pool, true, random);
        for (int i = 0; i < 256; i++) {
            int port = take(blocks, ports, 1, 5001 + 2 * i, 0);
            assertThat(port % 2).isEqualTo(1);
        }
    }

    @Test
    void aSubscriberGetsMoreBlocksUpToTheMostAndThenNone() {
        var pool = pool("192.0.2.1", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        var ports = ports(pool);
        var of = new HashSet<Integer>();
        for (int i = 0; i < 1024; i++) {
            assertThat(blocks.hasMost(1, 0, 0)).isEqualTo(i > 512);
            of.add(take(blocks, ports, 1, i, 0) / 512);
        }
        assertThat(of).hasSize(2);
        assertThat(blocks.hasMost(1, 0, 0)).isTrue();
        assertThat(take(blocks, ports, 1, 1, 0)).isEqualTo(PortBlocks.NONE);
        assertThat(blocks.usageOf(0)).isEqualTo(new PortBlocks.Usage(2, 0, 2));
    }

    @Test
    void noBlockIsFreeWhenAllAreTaken() {
        var pool = pool("192.0.2.1", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        var ports = ports(pool);
        for (int subscriber = 1; subscriber <= 4; subscriber++) {
            assertThat(take(blocks, ports, subscriber, 5000, 0)).isNotEqualTo(PortBlocks.NONE);
        }
        assertThat(take(blocks, ports, 5, 5000, 0)).isEqualTo(PortBlocks.NONE);
        assertThat(blocks.hasMost(5, 0, 0)).isFalse();
    }

    @Test
    void aBlockRestsBeforeAnotherSubscriberGetsItButItsLastOwnerGetsItAtOnce() {
        var pool = pool("192.0.2.1", new PortRange(1024, 1535));
        var blocks = blocks(OF_512, pool);
        var ports = ports(pool);
        release(blocks, take(blocks, ports, 1, 5000, 0), 1_000);
        assertThat(blocks.usageOf(0)).isEqualTo(new PortBlocks.Usage(0, 1, 0));

        int again = take(blocks, ports, 1, 5001, 0);
        assertThat(again).isNotEqualTo(PortBlocks.NONE);
        release(blocks, again, 2_000);

        assertThat(blocks.address(2, 0, 0, 2_000 + HOLD - 1)).isZero();
        assertThat(take(blocks, ports, 2, 5000, 0)).isEqualTo(PortBlocks.NONE);
        blocks.address(2, 0, 0, 2_000 + HOLD);
        assertThat(take(blocks, ports, 2, 5000, 0)).isNotEqualTo(PortBlocks.NONE);
        assertThat(take(blocks, ports, 1, 5000, 0)).isEqualTo(PortBlocks.NONE);
    }

    @Test
    void blocksDoNotRestWithoutAHoldTime() {
        var pool = pool("192.0.2.1", new PortRange(1024, 1535));
        var blocks = new PortBlocks(arena, OF_512, pool, new PortBlocks.Sizes(Duration.ZERO, 100), random);
        var ports = ports(pool);
        release(blocks, take(blocks, ports, 1, 5000, 0), 1_000);
        assertThat(take(blocks, ports, 2, 5000, 0)).isNotEqualTo(PortBlocks.NONE);
    }

    @Test
    void aSubscriberStaysAtTheAddressOfItsBlocks() {
        var pool = pool("192.0.2.0/30", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        take(blocks, ports(pool), 1, 5000, 3);
        for (int chosen = 0; chosen < 4; chosen++) {
            assertThat(blocks.address(1, chosen, chosen, 0)).isEqualTo(3);
        }
    }

    @Test
    void aSubscriberWithoutABlockGetsAnAddressThatHasOne() {
        var pool = pool("192.0.2.0/31", new PortRange(1024, 1535));
        var blocks = blocks(OF_512, pool);
        take(blocks, ports(pool), 1, 5000, 0);
        assertThat(blocks.address(2, 0, 0, 0)).isEqualTo(1);
    }

    @Test
    void blocksOfADrainingAddressStayUntilTheyAreEmptyAndNewOnesComeFromOthers() {
        var pool = pool("192.0.2.0/31", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        var ports = ports(pool);
        int port = take(blocks, ports, 1, 5000, 0);

        var next = pool.next(List.of(new Pool4Range(Ipv4Prefix.parse("192.0.2.1"), FOUR_BLOCKS)));
        ports.use(ports.prepare(arena, next));
        blocks.use(blocks.prepare(arena, next));

        assertThat(blocks.address(1, 0, next.choose(1), 0)).isEqualTo(1);
        assertThat(blocks.usageOf(0)).isEqualTo(new PortBlocks.Usage(1, 0, 0));
        assertThat(blocks.ownerHigh(blocks.blockOf(0, port))).isEqualTo(1);
        assertThat(blocks.offered()).isEqualTo(4);
    }

    @Test
    void aSubscriberStaysAtItsAddressWhenAReloadChangesThePorts() {
        var pool = pool("192.0.2.0/30", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        var ports = ports(pool);
        take(blocks, ports, 1, 5000, 2);
        var next = pool.next(List.of(new Pool4Range(Ipv4Prefix.parse("192.0.2.0/30"), new PortRange(4096, 8191))));
        ports.use(ports.prepare(arena, next));
        blocks.use(blocks.prepare(arena, next));

        assertThat(blocks.address(1, 0, 0, 0)).isEqualTo(2);
        assertThat(take(blocks, ports, 1, 5001, 2)).isBetween(4096, 8191);
    }

    @Test
    void aReloadBringsBlocksOfNewAddresses() {
        var pool = pool("192.0.2.0", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        var ports = ports(pool);
        take(blocks, ports, 1, 5000, 0);
        var next = pool.next(List.of(
                new Pool4Range(Ipv4Prefix.parse("192.0.2.0"), FOUR_BLOCKS),
                new Pool4Range(Ipv4Prefix.parse("198.51.100.0/30"), FOUR_BLOCKS)));
        ports.use(ports.prepare(arena, next));
        blocks.use(blocks.prepare(arena, next));
        for (int subscriber = 2; subscriber < 6; subscriber++) {
            int port = take(blocks, ports, subscriber, 5000, 4);
            assertThat(blocks.ownerHigh(blocks.blockOf(4, port))).isEqualTo(subscriber);
        }
        assertThat(take(blocks, ports, 6, 5000, 4)).isEqualTo(PortBlocks.NONE);
        assertThat(blocks.usageOf(0)).isEqualTo(new PortBlocks.Usage(1, 0, 3));
        assertThat(blocks.usageOf(4)).isEqualTo(new PortBlocks.Usage(4, 0, 0));
    }

    @Test
    void aBindingInABlockOfAnotherSubscriberStandsForItself() {
        var pool = pool("192.0.2.1", FOUR_BLOCKS);
        var blocks = blocks(OF_512, pool);
        int port = take(blocks, ports(pool), 1, 5000, 0);
        assertThat(blocks.bind(2, 0, 0, port ^ 1)).isEqualTo(PortBlocks.NONE);
        assertThat(blocks.bind(2, 0, 0, 80)).as("no port of a block").isEqualTo(PortBlocks.NONE);
    }

    @Test
    void aBlockThatAnotherProcessReleasedRests() {
        var pool = pool("192.0.2.1", new PortRange(1024, 1535));
        var blocks = blocks(OF_512, pool);
        var ports = ports(pool);
        assertThat(blocks.hold(0, 1024, 5_000, 0)).isTrue();
        assertThat(take(blocks, ports, 1, 5000, 0)).isEqualTo(PortBlocks.NONE);
        blocks.address(1, 0, 0, 5_000);
        assertThat(take(blocks, ports, 1, 5000, 0)).isNotEqualTo(PortBlocks.NONE);
    }

    @Test
    void oldRestsEndSoonerWhenThereIsNoRoomForAnotherSubscriber() {
        var pool = pool("192.0.2.1", FOUR_BLOCKS);
        var sizes = new PortBlocks.Sizes(Duration.ofMillis(HOLD), 2);
        var blocks = new PortBlocks(arena, OF_512, pool, sizes, random);
        var ports = ports(pool);
        release(blocks, take(blocks, ports, 1, 5000, 0), 0);
        release(blocks, take(blocks, ports, 2, 5000, 0), 0);
        assertThat(take(blocks, ports, 3, 5000, 0)).isNotEqualTo(PortBlocks.NONE);
        assertThat(blocks.resting()).isEqualTo(1);
    }

    @Test
    void sizesThatAreNoPowerOfTwoAreRefused() {
        assertThatThrownBy(() -> new PortBlockSettings(500, 4, 64)).hasMessageContaining("not 500");
        assertThatThrownBy(() -> new PortBlockSettings(32, 4, 64)).hasMessageContaining("not 32");
        assertThatThrownBy(() -> new PortBlockSettings(512, 0, 64)).hasMessageContaining("not 0");
    }

    private int take(PortBlocks blocks, PortAllocator ports, long subscriber, int wanted, int address) {
        int port = blocks.allocate(ports, subscriber, wanted, wanted, address);
        if (port != PortBlocks.NONE) {
            assertThat(blocks.bind(subscriber, wanted, address, port)).isEqualTo(blocks.blockOf(address, port));
        }
        return port;
    }

    private static void release(PortBlocks blocks, int port, long now) {
        int block = blocks.blockOf(0, port);
        assertThat(blocks.unbind(block)).isTrue();
        blocks.rest(block, now);
    }

    private PortBlocks blocks(PortBlockSettings settings, Pool4 pool) {
        return new PortBlocks(arena, settings, pool, new PortBlocks.Sizes(Duration.ofMillis(HOLD), 100), random);
    }

    private PortAllocator ports(Pool4 pool) {
        return new PortAllocator(arena, pool, false, random);
    }

    private static Pool4 pool(String prefix, PortRange ports) {
        return new Pool4(List.of(new Pool4Range(Ipv4Prefix.parse(prefix), ports)));
    }
}
