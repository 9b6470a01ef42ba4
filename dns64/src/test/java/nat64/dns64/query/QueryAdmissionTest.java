// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.statistics.AnswerReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

@Tag("R-132")
class QueryAdmissionTest {

    private static final Answer DONE = Answer.error(Rcode.NOERROR, AnswerReason.NODATA);

    private final List<CompletableFuture<Answer>> begun = new ArrayList<>();
    private long now;
    private final QueryAdmission queries = new QueryAdmission(ClientNetworks.DEFAULT, () -> now, Runnable::run);

    @Test
    void answersAtOnceWhileThereIsRoom() {
        var answer = ask(1);
        assertThat(queries.count()).isEqualTo(1);
        begun.getFirst().complete(DONE);

        assertThat(answer).isCompletedWithValue(DONE);
        assertThat(queries.count()).isZero();
    }

    @Test
    void letsOthersWaitForTheirTurn() {
        fillWork();
        var waiting = ask(1);
        assertThat(begun).hasSize(QueryAdmission.MAX_WORKING);

        begun.getFirst().complete(DONE);
        assertThat(begun).hasSize(QueryAdmission.MAX_WORKING + 1);
        begun.getLast().complete(DONE);
        assertThat(waiting).isCompletedWithValue(DONE);
    }

    @Test
    void shedsTheOldestWhenTheLineIsFull() {
        fillWork();
        var oldest = ask(1);
        for (int i = 1; i < QueryAdmission.MAX_WAITING; i++) {
            var _ = ask(i);
        }
        assertThat(oldest).isNotDone();
        var newest = ask(7);

        assertThat(oldest.join().reason()).isEqualTo(AnswerReason.OVERLOADED);
        assertThat(newest).isNotDone();
        assertThat(queries.count()).isEqualTo(QueryAdmission.MAX_WORKING + QueryAdmission.MAX_WAITING);
    }

    @Test
    void wakesNobodyWhoHasWaitedTooLong() {
        fillWork();
        var stale = ask(1);
        now += TimeUnit.SECONDS.toNanos(3);
        var fresh = ask(2);
        begun.getFirst().complete(DONE);

        assertThat(stale.join().reason()).isEqualTo(AnswerReason.OVERLOADED);
        assertThat(fresh).isNotDone();
        assertThat(begun).hasSize(QueryAdmission.MAX_WORKING + 1);
    }

    @Test
    void leavesRoomForOthersWhenOneNetworkAsksTooMuch() {
        for (int i = 0; i < QueryAdmission.MAX_PER_NETWORK; i++) {
            assertThat(ask(1)).isNotDone();
        }
        assertThat(ask(1).join().reason()).isEqualTo(AnswerReason.TOO_MANY_QUERIES);
        assertThat(ask(2)).isNotDone();

        begun.getFirst().complete(DONE);
        assertThat(ask(1)).isNotDone();
    }

    @Test
    void forgetsEverybodyInTheEnd() {
        fillWork();
        for (int i = 0; i < QueryAdmission.MAX_WAITING + 10; i++) {
            var _ = ask(i);
        }
        for (int i = 0; i < begun.size(); i++) { // grows while those in line begin
            begun.get(i).complete(DONE);
        }

        assertThat(begun).hasSize(QueryAdmission.MAX_WORKING + QueryAdmission.MAX_WAITING);
        assertThat(queries.count()).isZero();
    }

    private void fillWork() {
        for (int i = 0; i < QueryAdmission.MAX_WORKING; i++) {
            var _ = ask(i);
        }
    }

    private CompletableFuture<Answer> ask(int client) {
        var address = InetAddress.ofLiteral("10." + client / 256 + "." + client % 256 + ".1");
        return queries.answer(address, true, () -> {
                    begun.add(new CompletableFuture<>());
                    return begun.getLast();
                })
                .toCompletableFuture();
    }
}
