// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many sessions are due, packets are let through in between. */
class ExpiryBudgetTest {

    private static final int SESSIONS = 200;
    private static final int BUDGET = 64;

    private final Arena arena = Arena.ofConfined();
    private final ProtocolTables tables = new ProtocolTables(TestTables.parts(arena, SESSIONS, 6146), Protocol.UDP, 0);

    @BeforeEach
    void open() {
        for (int client = 0; client < SESSIONS; client++) {
            int binding = tables.bind(1, client, 4000, client % 4, 0);
            tables.opened(tables.create(binding, 1, 80, 10_000, 0), false, 0);
        }
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void endsNoMoreSessionsAtATimeThanTheBudget() {
        assertThat(expire(20_000)).isTrue();
        assertThat(tables.sessions.size()).isEqualTo(SESSIONS - BUDGET);
        assertThat(tables.sessionCounts().ended()).containsEntry(SessionEnd.IDLE, (long) BUDGET);

        while (expire(20_000)) {
            // the rest
        }
        assertThat(tables.sessions.size()).isZero();
        assertThat(tables.bib.size()).isZero();
    }

    @Test
    void looksAtNoMoreSessionsThatLiveOnThanTheBudget() {
        for (int client = 0; client < SESSIONS; client++) {
            tables.sessions.refresh(tables.sessions.find(1, client, 4000, 1, 80), 90_000);
        }
        int calls = 1;
        while (expire(20_000)) {
            calls++;
        }
        assertThat(calls).isEqualTo(Math.ceilDiv(SESSIONS, BUDGET));
        assertThat(tables.sessions.size()).isEqualTo(SESSIONS);
    }

    private boolean expire(long now) {
        return tables.expire(Lifetimes.RFC_6146, now, (mapping, remote, remotePort) -> {});
    }
}
