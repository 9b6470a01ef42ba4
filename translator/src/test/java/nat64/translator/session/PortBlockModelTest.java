// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.policy.TableSettings;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionListener;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sessions, time and reloads: no port and no block is ever in two hands, or in another one's too soon. */
class PortBlockModelTest {

    private static final List<Protocol> PROTOCOLS = List.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP);
    private static final int BLOCK = 64;
    private static final int MOST = 2;
    private static final long HOLD = QuarantineSettings.DEFAULT.time().toMillis();
    private static final int HOSTS_PER_SUBSCRIBER = 16;
    private static final int SUBSCRIBERS = 60;

    private final Blocks blocks = new Blocks();
    private long now = 10_000;
    private int refused;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noPortOrBlockIsInTwoHands(long seed) {
        var random = new Random(seed);
        try (var arena = Arena.ofConfined()) {
            var rules = TestTables.with(
                    TestTables.rules(), TestTables.rules().pool4().next(all()));
            var settings =
                    new TableSettings(4000, 16, QuarantineSettings.DEFAULT, new PortBlockSettings(BLOCK, MOST, 124));
            var tables = new SessionTables(arena, settings, rules, List.of(), new SplittableRandom(seed));
            tables.listen(blocks);
            for (int step = 0; step < 5_000; step++) {
                open(tables, PROTOCOLS.get(random.nextInt(3)), random);
                if (random.nextInt(20) == 0) {
                    pass(tables, random.nextInt(60_000));
                }
                if (random.nextInt(500) == 0) {
                    var ranges = random.nextBoolean() ? all() : all().subList(0, 1);
                    rules = TestTables.with(rules, rules.pool4().next(ranges));
                    TestTables.change(tables, rules, List.of(), now);
                }
            }
            assertThat(blocks.granted).as("blocks were given").isGreaterThan(SUBSCRIBERS);
            assertThat(refused).as("some were refused").isPositive();
            check(tables);
            pass(tables, 10_000_000);
            assertThat(blocks.owners).isEmpty();
            assertThat(tables.blocks(RecordFilter.ALL, Page.BEGINNING, 100).items())
                    .isEmpty();
        }
    }

    /** 16 blocks of each of four addresses. */
    private static List<Pool4Range> all() {
        var ports = new PortRange(1000, 1024 + 16 * BLOCK - 1);
        return List.of(
                new Pool4Range(Ipv4Prefix.parse("203.0.113.0/31"), ports),
                new Pool4Range(Ipv4Prefix.parse("203.0.113.2/31"), ports));
    }

    private void open(SessionTables tables, Protocol protocol, Random random) {
        int subscriber = (int) Math.min(SUBSCRIBERS - 1, Math.abs(random.nextGaussian() * SUBSCRIBERS / 3));
        var client = TestTables.client(subscriber * HOSTS_PER_SUBSCRIBER + random.nextInt(HOSTS_PER_SUBSCRIBER));
        var of = tables.of(protocol);
        int port = 1024 + random.nextInt(200);
        int binding = of.bib.find(client.high(), client.low(), port);
        if (binding == Bib.NONE) {
            var tuple = new TestTuple(protocol, client, port).tuple();
            int address = tables.address(tuple, now);
            binding = tables.bind(tuple, address, now);
            if (binding == ProtocolTables.NONE) {
                refused++;
                return;
            }
            int block = of.bib.ipv4Port(binding) / BLOCK;
            assertThat(of.bib.isInBlock(binding)).isTrue();
            assertThat(blocks.owners.get(new Block(of.bib.ipv4(binding), block)))
                    .isEqualTo(client.low() >>> 4);
            assertThat(of.bib.ipv4Port(binding)).isGreaterThanOrEqualTo(1024);
        }
        int row = of.create(binding, random.nextInt(), protocol == Protocol.ICMP ? 0 : 53, now + 60_000, now);
        of.sessions.state(row, protocol == Protocol.TCP ? TcpState.V6_INIT : TcpState.STATELESS);
        of.opened(row, false, now);
    }

    private void pass(SessionTables tables, long millis) {
        now += millis;
        var rules = TestTables.rules();
        while (tables.expire(rules, now, (mapping, remote, remotePort) -> {})) {
            // all that are due
        }
    }

    /** Each binding is in a block of its subscriber, and each port has one host. */
    private void check(SessionTables tables) {
        var seen = new HashSet<String>();
        var bindings = new HashMap<Block, Integer>();
        for (var protocol : Protocol.values()) {
            var bib = tables.of(protocol).bib;
            for (int row = 0; row < bib.rowsTouched(); row++) {
                if (bib.isLive(row)) {
                    var block = new Block(bib.ipv4(row), bib.ipv4Port(row) / BLOCK);
                    assertThat(blocks.owners.get(block)).isEqualTo(bib.ipv6Low(row) >>> 4);
                    assertThat(seen.add(protocol + " " + bib.ipv4(row) + " " + bib.ipv4Port(row)))
                            .isTrue();
                    bindings.merge(block, 1, Integer::sum);
                }
            }
        }
        var listed = new HashMap<Block, Integer>();
        for (long cursor = Page.BEGINNING; cursor != Page.END; ) {
            var page = tables.blocks(RecordFilter.ALL, cursor, 10);
            for (var item : page.items()) {
                var block = item.block();
                assertThat(block.lastPort() - block.firstPort() + 1).isEqualTo(BLOCK);
                listed.put(new Block(block.pool4(), block.firstPort() / BLOCK), item.bindings());
            }
            cursor = page.cursor();
        }
        assertThat(listed).isEqualTo(bindings);
    }

    private record Block(int pool4, int number) {}

    private record Ended(long owner, long at) {}

    /** Keeps account of who has which block, by events alone. */
    private static final class Blocks implements SessionListener {

        private final Map<Block, Long> owners = new HashMap<>();
        private final Map<Block, Ended> ended = new HashMap<>();
        private int granted;

        @Override
        public void blockStarted(PortBlocks of, int row, long at) {
            granted++;
            var block = new Block(of.address(row), of.firstPort(row) / BLOCK);
            long owner = of.ownerLow(row) >>> 4;
            assertThat(owners.put(block, owner)).as("in other hands").isNull();
            var before = ended.get(block);
            if (before != null && before.owner != owner) {
                assertThat(at - before.at).as("rest").isGreaterThanOrEqualTo(HOLD);
            }
        }

        @Override
        public void blockEnded(PortBlocks of, int row, long at) {
            var block = new Block(of.address(row), of.firstPort(row) / BLOCK);
            assertThat(owners.remove(block)).isEqualTo(of.ownerLow(row) >>> 4);
            ended.put(block, new Ended(of.ownerLow(row) >>> 4, at));
        }

        @Override
        public void bound(Protocol protocol, Bib bib, int row, long at) {}

        @Override
        public void opened(Protocol protocol, SessionTable sessions, int row, long at) {}

        @Override
        public void changed(Protocol protocol, SessionTable sessions, int row, long at) {}

        @Override
        public void closed(Protocol protocol, SessionTable sessions, int row, long at) {}

        @Override
        public void unbound(Protocol protocol, Bib bib, int row, long at) {}
    }
}
