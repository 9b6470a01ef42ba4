// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.session.TestTables.change;
import static nat64.translator.session.TestTables.open;
import static nat64.translator.session.TestTables.range;
import static nat64.translator.session.TestTables.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.FilterPolicy;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules change while sessions live. */
class ReconfigurationTest {

    private static final int MOST = 3000;
    private static final SubscriberLimits LIMITS = new SubscriberLimits(64, 3, 0, 0);

    private final Arena arena = Arena.ofConfined();
    private final SessionRules rules = TestTables.rules();
    private final SessionTables tables = TestTables.tables(arena, rules, MOST);
    private final ProtocolTables udp = tables.of(Protocol.UDP);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void countsTheSessionsThatLiveWhenLimitsBegin() {
        for (int i = 0; i < 3; i++) {
            open(tables, Protocol.UDP, 1 + i, 4000, 53);
        }
        assertThat(admits(LIMITS)).isEqualTo(DropReason.NONE);

        change(tables, with(rules, LIMITS), List.of(), 0);

        assertThat(admits(LIMITS)).isEqualTo(DropReason.SUBSCRIBER_SESSION_LIMIT);
        udp.endNow(0, SessionEnd.IDLE, 0);
        assertThat(admits(LIMITS)).isEqualTo(DropReason.NONE);
    }

    @Test
    void countsAnewWhenSubscribersAreOtherPrefixes() {
        change(tables, with(rules, LIMITS), List.of(), 0);
        for (int i = 0; i < 3; i++) {
            open(tables, Protocol.UDP, 1 + i, 4000, 53);
        }
        var byHost = new SubscriberLimits(128, 3, 0, 0);
        change(tables, with(rules, byHost), List.of(), 0);

        assertThat(admits(byHost)).isEqualTo(DropReason.NONE);
        assertThat(tables.subscribers(Page.BEGINNING, 10).items())
                .extracting(SubscriberRecord::sessions, SubscriberRecord::ports)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(1, 1))
                .hasSize(3);

        change(tables, rules, List.of(), 0);
        assertThat(tables.subscribers(Page.BEGINNING, 10).items()).isEmpty();
        assertThat(tables.subscribers().isCounting()).isFalse();
    }

    @Test
    void countsRightWhateverOpensAndEndsBetweenTheSteps() {
        for (int host = 1; host <= 2000; host++) {
            open(tables, Protocol.UDP, host, 4000, 53);
        }
        var reconfiguration = tables.reconfigure(with(rules, new SubscriberLimits(128, 9, 9, 0)), List.of());
        int row = 0;
        int host = 2001;
        while (reconfiguration.step(0)) {
            udp.endNow(row, SessionEnd.IDLE, 0);
            udp.endNow(1999 - row, SessionEnd.IDLE, 0);
            row++;
            open(tables, Protocol.UDP, host++, 4000, 53);
            open(tables, Protocol.UDP, host++, 4000, 53);
        }
        int sessions = 0;
        int ports = 0;
        for (var page = tables.subscribers(Page.BEGINNING, 100); ; page = tables.subscribers(page.cursor(), 100)) {
            sessions +=
                    page.items().stream().mapToInt(SubscriberRecord::sessions).sum();
            ports += page.items().stream().mapToInt(SubscriberRecord::ports).sum();
            if (page.isLast()) {
                break;
            }
        }
        assertThat(sessions).isEqualTo(tables.counts(Protocol.UDP).sessions());
        assertThat(ports).isEqualTo(tables.counts(Protocol.UDP).bindings());
    }

    @Test
    void takesShortSteps() {
        for (int host = 1; host <= 2500; host++) {
            open(tables, Protocol.UDP, host, 4000, 53);
        }
        var next = with(with(rules, LIMITS), new FilterPolicy(true, false));
        assertThat(change(tables, next, List.of(), 0)).isGreaterThan(3 * 2500 / SessionTables.ROWS_PER_STEP);
    }

    @Test
    void filtersByTheSessionsThatLiveWhenFilteringBegins() {
        int row = open(tables, Protocol.UDP, 1, 4000, 53);
        int binding = udp.sessions.binding(row);
        int stranger = Ipv4Address.parse("198.51.100.77");
        assertThat(udp.permits(binding, stranger)).isTrue();

        change(tables, with(rules, new FilterPolicy(true, false)), List.of(), 0);

        assertThat(udp.permits(binding, TestTables.SERVER)).isTrue();
        assertThat(udp.permits(binding, stranger)).isFalse();
        udp.endNow(row, SessionEnd.IDLE, 0);
        assertThat(udp.bib.size()).isZero();
    }

    @Test
    void bindsToAddedAddressesButKeepsHostsWithBindingsWhereTheyAre() {
        for (int host = 1; host <= 200; host++) {
            open(tables, Protocol.UDP, host, 4000, 53);
        }
        var next = rules.pool4().next(List.of(range("203.0.113.0/30"), range("192.0.2.0/28")));
        change(tables, with(rules, next), List.of(), 0);

        for (int host = 1; host <= 200; host++) {
            assertThat(address(open(tables, Protocol.TCP, host, 4000, 80), Protocol.TCP))
                    .as("host %d", host)
                    .isEqualTo(address(host - 1, Protocol.UDP));
        }
        int moved = 0;
        for (int host = 201; host <= 400; host++) {
            moved += (address(open(tables, Protocol.UDP, host, 4000, 53), Protocol.UDP) >>> 24) == 192 ? 1 : 0;
        }
        assertThat(moved).isBetween(120, 190); // 16 addresses of 20
    }

    @Test
    void letsAHostGoToItsNewAddressOnceItHasNoBindings() {
        for (int host = 1; host <= 50; host++) {
            open(tables, Protocol.UDP, host, 4000, 53);
        }
        var next = rules.pool4().next(List.of(range("203.0.113.0/30"), range("192.0.2.0/28")));
        change(tables, with(rules, next), List.of(), 0);
        for (int row = 0; row < 50; row++) {
            udp.endNow(row, SessionEnd.IDLE, 0);
        }
        int moved = 0;
        for (int host = 1; host <= 50; host++) {
            moved += (address(open(tables, Protocol.UDP, host, 4000, 53), Protocol.UDP) >>> 24) == 192 ? 1 : 0;
        }
        assertThat(moved).isGreaterThan(25);
    }

    @Test
    @Tag("C-149")
    void endsTheSessionsOfAnAddressThatTheHostHasLost() {
        var before = rules.pool4().next(List.of(shared("192.0.2.10/32", HostPorts.NONE)));
        change(tables, with(rules, before), List.of(binding(2, 443, 443, "192.0.2.10")), 0);
        open(tables, Protocol.UDP, 1, 4000, 53);
        open(tables, Protocol.TCP, 2, 443, 50_000);
        assertThat(address(0, Protocol.UDP)).isEqualTo(Ipv4Address.parse("192.0.2.10"));

        var after = before.next(List.of(shared("198.51.100.10/32", HostPorts.NONE)));
        change(tables, with(rules, after), List.of(binding(2, 443, 443, "198.51.100.10")), 0);

        assertThat(udp.bib.size()).isZero();
        assertThat(tables.counts(Protocol.UDP).lost()).isEqualTo(1);
        assertThat(tables.counts(Protocol.TCP).lost()).isEqualTo(1);
        assertThat(address(open(tables, Protocol.UDP, 1, 4000, 53), Protocol.UDP))
                .isEqualTo(Ipv4Address.parse("198.51.100.10"));
        assertThat(address(open(tables, Protocol.TCP, 2, 443, 50_000), Protocol.TCP))
                .isEqualTo(Ipv4Address.parse("198.51.100.10"));
    }

    @Test
    void goesOnWhenProgramsOfTheHostTakeOtherPorts() {
        var before = rules.pool4().next(List.of(shared("192.0.2.10/32", HostPorts.NONE)));
        change(tables, with(rules, before), List.of(), 0);
        int row = open(tables, Protocol.UDP, 1, 4000, 53);

        var after = before.next(List.of(shared("192.0.2.10/32", HostPorts.of(IntStream.of(51_820)))));
        change(tables, with(rules, after), List.of(), 0);

        assertThat(udp.sessions.isLive(row)).isTrue();
        assertThat(tables.counts(Protocol.UDP).lost()).isZero();
    }

    @Test
    void drainsAddressesThatAreInNoRange() {
        int row = open(tables, Protocol.UDP, 1, 4000, 53);
        var pool4 = rules.pool4().next(List.of(range("192.0.2.0/30")));
        change(tables, with(rules, pool4), List.of(), 0);

        assertThat(address(row, Protocol.UDP) >>> 24).isEqualTo(203);
        assertThat(address(open(tables, Protocol.UDP, 1, 4000, 54), Protocol.UDP) >>> 24)
                .isEqualTo(203);
        assertThat(address(open(tables, Protocol.UDP, 1, 4001, 53), Protocol.UDP) >>> 24)
                .isEqualTo(192);

        change(tables, with(rules, pool4.next(List.of(range("203.0.113.0/30")))), List.of(), 0);
        assertThat(address(open(tables, Protocol.UDP, 1, 4002, 53), Protocol.UDP) >>> 24)
                .isEqualTo(203);
    }

    @Test
    void leavesAStaticBindingAtAnAddressThatDrains() {
        var binding = binding(1, 4000, 5000);
        change(tables, rules, List.of(binding), 0);
        var drained = rules.pool4().next(rules.pool4().ranges(), List.of(new Ipv4Prefix(binding.ipv4(), 32)));

        change(tables, with(rules, drained), List.of(binding), 0);

        assertThat(udp.bib.isStatic(udp.bib.find(binding.ipv4(), 5000))).isTrue();
        assertThat(udp.ports.free(drained.index(binding.ipv4()))).isZero();
    }

    @Test
    void addsAndRemovesStaticBindings() {
        var binding = binding(1, 4000, 5000);
        change(tables, rules, List.of(binding), 0);
        int row = udp.bib.find(binding.ipv4(), 5000);
        assertThat(udp.bib.isStatic(row)).isTrue();
        open(tables, Protocol.UDP, 1, 4000, 53);

        change(tables, rules, List.of(), 0);

        assertThat(udp.bib.isStatic(row)).isFalse();
        assertThat(udp.sessions.size()).isEqualTo(1);
        udp.endNow(0, SessionEnd.IDLE, 0);
        assertThat(udp.bib.size()).isZero();
    }

    @Test
    void makesABindingOfAHostStaticIfItIsTheSame() {
        int row = open(tables, Protocol.UDP, 1, 4000, 53);
        var same = new StaticBinding(
                Protocol.UDP, TestTables.client(1), 4000, address(row, Protocol.UDP), udp.sessions.ipv4Port(row));
        change(tables, rules, List.of(same), 0);

        assertThat(udp.sessions.size()).isEqualTo(1);
        assertThat(udp.bib.isStatic(udp.sessions.binding(row))).isTrue();
    }

    @Test
    void endsTheSessionsThatAreInTheWayOfAStaticBinding() {
        for (int host = 1; host <= 1500; host++) {
            open(tables, Protocol.UDP, host, 4000, 53);
        }
        int other = address(700, Protocol.UDP);
        int otherPort = udp.sessions.ipv4Port(700);
        var binding = new StaticBinding(Protocol.UDP, TestTables.client(1), 4000, other, otherPort);
        change(tables, rules, List.of(binding), 0);

        assertThat(udp.sessions.size()).isEqualTo(1498);
        int row = udp.bib.find(other, otherPort);
        assertThat(udp.bib.ipv6Low(row)).isEqualTo(1);
        assertThat(udp.bib.isStatic(row)).isTrue();
        assertThat(tables.sessions(RecordFilter.ALL, Page.BEGINNING, 1, 0).items())
                .hasSize(1);
    }

    @Test
    void keepsAStaticPortThatIsStillInQuarantine() {
        int row = open(tables, Protocol.UDP, 1, 4000, 53);
        int address = address(row, Protocol.UDP);
        int port = udp.sessions.ipv4Port(row);
        udp.endNow(row, SessionEnd.IDLE, 0);
        change(tables, rules, List.of(new StaticBinding(Protocol.UDP, TestTables.client(2), 80, address, port)), 0);

        tables.bind(new TestTuple(Protocol.UDP, TestTables.client(3), 4000).tuple(), 200_000);

        assertThat(udp.ports.reserve(rules.pool4().index(address), port)).isFalse();
    }

    @Test
    void refusesWhatCannotBe() {
        var outside = new StaticBinding(Protocol.UDP, TestTables.client(1), 1, Ipv4Address.parse("192.0.2.1"), 1);
        assertThatThrownBy(() -> tables.reconfigure(rules, List.of(outside))).hasMessageContaining("outside pool4");
        assertThatThrownBy(() -> tables.reconfigure(rules, List.of(binding(1, 1, 1), binding(2, 1, 1))))
                .hasMessageContaining("clash");
        var unrelated = with(rules, new Pool4(List.of(range("192.0.2.0/30"))));
        assertThatThrownBy(() -> tables.reconfigure(unrelated, List.of())).hasMessageContaining("follow from");
        tables.reconfigure(with(rules, LIMITS), List.of());
        assertThatThrownBy(() -> tables.reconfigure(rules, List.of())).isInstanceOf(IllegalStateException.class);
        assertThat(udp.bib.find(Ipv4Address.parse("192.0.2.1"), 1)).isEqualTo(Bib.NONE);
    }

    private DropReason admits(SubscriberLimits limits) {
        return tables.subscribers().admit(limits, TestTables.CLIENTS.high(), 99, true, 0);
    }

    private int address(int row, Protocol protocol) {
        return tables.of(protocol).sessions.ipv4(row);
    }

    private static Pool4Range shared(String prefix, HostPorts inUse) {
        return new Pool4Range(Ipv4Prefix.parse(prefix), new PortRange(36_864, 65_534), Optional.of(inUse));
    }

    private static StaticBinding binding(int host, int port, int pool4Port, String pool4) {
        return new StaticBinding(Protocol.TCP, TestTables.client(host), port, Ipv4Address.parse(pool4), pool4Port);
    }

    private static StaticBinding binding(int host, int port, int pool4Port) {
        return new StaticBinding(
                Protocol.UDP, TestTables.client(host), port, Ipv4Address.parse("203.0.113.1"), pool4Port);
    }
}
