// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.session.TestTables.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionEnd;
import nat64.translator.session.table.TcpState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables are listed page by page, while they change. */
class ListingTest {

    private final Arena arena = Arena.ofConfined();
    private final SessionRules rules = TestTables.rules();
    private final SessionTables tables = TestTables.tables(arena, rules, 5000);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void listsWhatLivesDuringTheWholeListingExactlyOnce() {
        var random = new SplittableRandom(6146);
        var staying = new HashSet<SessionRecord>();
        var going = new ArrayList<Integer>();
        for (int host = 1; host <= 2000; host++) {
            int row = TestTables.open(tables, Protocol.UDP, host, 4000, 53);
            if (random.nextInt(3) == 0) {
                going.add(row);
            } else {
                staying.add(SessionRecord.of(Protocol.UDP, tables.of(Protocol.UDP).sessions, row, tables.pref64s(), 0));
            }
        }
        var listed = new ArrayList<SessionRecord>();
        int newHost = 3000;
        long cursor = Page.BEGINNING;
        while (cursor != Page.END) {
            var page = tables.sessions(RecordFilter.ALL, cursor, 7, 0);
            listed.addAll(page.items());
            cursor = page.cursor();
            if (!going.isEmpty()) {
                tables.of(Protocol.UDP).endNow(going.removeLast(), SessionEnd.IDLE, 0);
                TestTables.open(tables, Protocol.UDP, newHost++, 4000, 53);
            }
        }
        assertThat(listed).doesNotHaveDuplicates().containsAll(staying);
    }

    @Test
    void looksAtABoundedNumberOfRows() {
        for (int host = 1; host <= 4000; host++) {
            TestTables.open(tables, Protocol.UDP, host, 4000, 53);
        }
        var ofTcp = RecordFilter.of(Protocol.TCP);
        int pages = 1;
        for (var page = tables.sessions(ofTcp, Page.BEGINNING, 100, 0);
                !page.isLast();
                page = tables.sessions(ofTcp, page.cursor(), 100, 0)) {
            assertThat(page.items()).isEmpty();
            pages++;
        }
        assertThat(pages).isBetween(4000 / SessionTables.ROWS_PER_STEP, 4000 / SessionTables.ROWS_PER_STEP + 2);
    }

    @Test
    void findsByProtocolAddressPortAndState() {
        TestTables.adopt(tables, record(1, 4000, "203.0.113.1", 5000), 0);
        TestTables.adopt(tables, record(2, 4001, "203.0.113.2", 5001), 0);
        TestTables.open(tables, Protocol.TCP, 1, 4000, 80);

        assertThat(ports(ofClient("2001:db8:1::2/128"))).containsExactly(4001);
        assertThat(ports(ofIpv4("203.0.113.2/32"))).contains(4001);
        assertThat(ports(ofIpv4("198.51.100.0/24"))).containsExactly(4000, 4000, 4001);
        assertThat(ports(ofPort(5001))).containsExactly(4001);
        assertThat(ports(ofPort(53))).containsExactly(4000, 4001);
        assertThat(ports(RecordFilter.of(Protocol.TCP))).containsExactly(4000);
        assertThat(ports(new RecordFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.of(TcpState.V6_INIT))))
                .containsExactly(4000);
    }

    private static RecordFilter ofClient(String prefix) {
        return filter(Optional.of(Ipv6Prefix.parse(prefix)), Optional.empty(), OptionalInt.empty());
    }

    private static RecordFilter ofIpv4(String prefix) {
        return filter(Optional.empty(), Optional.of(Ipv4Prefix.parse(prefix)), OptionalInt.empty());
    }

    private static RecordFilter ofPort(int port) {
        return filter(Optional.empty(), Optional.empty(), OptionalInt.of(port));
    }

    private static RecordFilter filter(Optional<Ipv6Prefix> client, Optional<Ipv4Prefix> ipv4, OptionalInt port) {
        return new RecordFilter(Optional.empty(), client, ipv4, port, Optional.empty());
    }

    private List<Integer> ports(RecordFilter filter) {
        return TestTables.sessions(tables, filter, 0).stream()
                .map(session -> session.binding().clientPort())
                .toList();
    }

    @Test
    void listsBindingsWithTheirSessions() {
        TestTables.open(tables, Protocol.UDP, 1, 4000, 53);
        TestTables.open(tables, Protocol.UDP, 1, 4000, 54);

        var page = tables.bindings(RecordFilter.ALL, Page.BEGINNING, 10);

        assertThat(page.isLast()).isTrue();
        assertThat(page.items()).singleElement().satisfies(listed -> {
            assertThat(listed.binding().client()).isEqualTo(TestTables.client(1));
            assertThat(listed.sessions()).isEqualTo(2);
            assertThat(listed.isStatic()).isFalse();
        });
    }

    @Test
    void listsSubscribersWhileTheyHaveLimits() {
        assertThat(tables.subscribers(Page.BEGINNING, 10).items()).isEmpty();
        TestTables.change(tables, TestTables.with(rules, new SubscriberLimits(64, 9, 9, 0)), List.of(), 0);
        TestTables.open(tables, Protocol.UDP, 1, 4000, 53);
        TestTables.open(tables, Protocol.TCP, 2, 4000, 80);

        assertThat(tables.subscribers(Page.BEGINNING, 10))
                .isEqualTo(new Page<>(List.of(new SubscriberRecord(TestTables.CLIENTS, 2, 2)), Page.END));
    }

    @Test
    void countsThePortsOfEachAddress() {
        int row = TestTables.open(tables, Protocol.UDP, 1, 4000, 53);
        TestTables.open(tables, Protocol.UDP, 2, 4000, 53);
        var udp = tables.of(Protocol.UDP);
        int address = udp.sessions.ipv4(row);
        udp.endNow(row, SessionEnd.IDLE, 0);

        var page = tables.pool4(Page.BEGINNING, 100);
        var addresses = new ArrayList<>(page.items());
        while (!page.isLast()) {
            page = tables.pool4(page.cursor(), 100);
            addresses.addAll(page.items());
        }

        assertThat(addresses).hasSize(4).allSatisfy(each -> {
            var ports = each.of(Protocol.UDP);
            assertThat(ports.bound() + ports.held() + ports.free()).isEqualTo(each.offered());
            assertThat(each.of(Protocol.TCP).free()).isEqualTo(each.offered());
        });
        assertThat(addresses)
                .filteredOn(each -> each.address() == address)
                .singleElement()
                .satisfies(each -> assertThat(each.of(Protocol.UDP).held()).isEqualTo(1));
        assertThat(addresses).extracting(each -> each.of(Protocol.UDP).bound()).containsOnlyOnce(1);
    }
}
