// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.synthesis.Plan;
import nat64.dns64.synthesis.View;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

class AaaaLookupTest {

    private static final Question QUESTION = new Question(name("www.example.org."), Type.AAAA, DClass.IN, false, false);
    private static final View VIEW = View.of(List.of(Pref64.parse("2001:db8:64::/96")));

    private final CompletableFuture<Outcome> aaaa = new CompletableFuture<>();
    private final List<FutureTask<?>> delayed = new ArrayList<>();
    private final AaaaLookup pairs = new AaaaLookup(
            (question, _) -> question.type() == Type.AAAA
                    ? aaaa
                    : CompletableFuture.completedStage(data("www.example.org. 60 IN A 192.0.2.1")),
            () -> 0,
            1000,
            this::later);

    @Test
    void callsTheDelayOffWhenAaaaIsAnswered() {
        var plan = pairs.ask(QUESTION, VIEW).toCompletableFuture();

        aaaa.complete(noData(SOA));

        assertThat(plan).isCompletedWithValueMatching(Plan.Synthesized.class::isInstance);
        assertThat(delayed).singleElement().matches(Future::isCancelled, "holds on to nothing");
    }

    private Future<?> later(Runnable task, long millis) {
        var future = new FutureTask<>(task, null);
        delayed.add(future);
        return future;
    }
}
