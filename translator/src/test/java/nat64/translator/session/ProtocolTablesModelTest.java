// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on the tables and on plain maps must lead to the same. */
class ProtocolTablesModelTest {

    private static final int CAPACITY = 300;
    private static final long LIFETIME = 5_000;

    private final Map<Key, Long> deadlines = new HashMap<>();
    private final Map<Integer, Long> addresses = new HashMap<>();
    private long now = 10_000;

    /** A session by its IPv6 port and its remote address; the other parts follow from these. */
    private record Key(int client, int remote) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreeWithPlainMaps(long seed) {
        var random = new Random(seed);
        try (var arena = Arena.ofConfined()) {
            var tables = new ProtocolTables(TestTables.parts(arena, CAPACITY, seed), Protocol.UDP, 0);
            for (int step = 0; step < 30_000; step++) {
                touch(tables, new Key(random.nextInt(100), random.nextInt(8)));
                if (random.nextInt(4) == 0) {
                    pass(tables, random.nextInt(3));
                }
                assertThat(tables.sessions.size()).isEqualTo(deadlines.size());
            }
            check(tables);
        }
    }

    private void touch(ProtocolTables tables, Key key) {
        int row = tables.sessions.find(1, key.client, 4000, key.remote, 80);
        assertThat(row != SessionTable.NONE).isEqualTo(deadlines.containsKey(key));
        if (row != SessionTable.NONE) {
            tables.sessions.refresh(row, now + LIFETIME);
            deadlines.put(key, now + LIFETIME);
            return;
        }
        int binding = tables.bib.find(1, key.client, 4000);
        if (binding == Bib.NONE) {
            binding = tables.bind(1, key.client, 4000, key.client % 4, now);
        }
        boolean full = deadlines.size() == CAPACITY;
        if (binding == Bib.NONE) {
            assertThat(full).isTrue();
            return;
        }
        row = tables.create(binding, key.remote, 80, now + LIFETIME, now);
        assertThat(row == SessionTable.NONE).isEqualTo(full);
        if (row != SessionTable.NONE) {
            tables.opened(row, false, now);
            deadlines.put(key, now + LIFETIME);
            long address = ((long) tables.sessions.ipv4(row) << 16) | tables.sessions.ipv4Port(row);
            assertThat(addresses.getOrDefault(key.client, address))
                    .as("one binding per client")
                    .isEqualTo(address);
            addresses.put(key.client, address);
        }
    }

    private void pass(ProtocolTables tables, int seconds) {
        now += seconds * 1000L;
        while (tables.expire(Lifetimes.RFC_6146, now, (mapping, remote, remotePort) -> {})) {
            // all that are due
        }
        deadlines.values().removeIf(deadline -> deadline <= now);
        var alive = new HashSet<Integer>();
        deadlines.keySet().forEach(key -> alive.add(key.client));
        addresses.keySet().retainAll(alive);
        assertThat(tables.bib.size()).isEqualTo(alive.size());
    }

    private void check(ProtocolTables tables) {
        for (var key : deadlines.keySet()) {
            int row = tables.sessions.find(1, key.client, 4000, key.remote, 80);
            int ipv4 = tables.sessions.ipv4(row);
            int port = tables.sessions.ipv4Port(row);
            assertThat(tables.sessions.find(ipv4, port, key.remote, 80)).isEqualTo(row);
            assertThat(tables.bib.find(ipv4, port)).isEqualTo(tables.sessions.binding(row));
        }
    }
}
