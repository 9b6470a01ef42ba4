// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.FakeUpstream.silence;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import nat64.dns64.cache.Question;
import nat64.dns64.synthesis.Outcome;
import nat64.dns64.testing.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class FailoverUpstreamTest {

    private static final Question QUESTION = new Question(name("www.example.org."), Type.A, DClass.IN, false, false);
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private FakeUpstream first;
    private FakeUpstream second;
    private FailoverUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        first = new FakeUpstream();
        second = new FakeUpstream();
        second.otherwise(records("www.example.org. 60 IN A 192.0.2.2"));
        upstream = upstream(first, second);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        executor.shutdownNow();
    }

    @Test
    void leavesTheSecondInPeaceWhileTheFirstKnows() {
        first.otherwise(records("www.example.org. 60 IN A 192.0.2.1"));

        assertThat(ask(1000)).isInstanceOf(Outcome.Data.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void believesThatANameDoesNotExist() {
        first.otherwise(rcode(Rcode.NXDOMAIN));

        assertThat(ask(1000)).isInstanceOf(Outcome.NxDomain.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void asksASilentServerLastForAWhile() {
        first.otherwise(silence());

        assertThat(ask(1000)).isInstanceOf(Outcome.Data.class);
        assertThat(ask(1000)).isInstanceOf(Outcome.Data.class);
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).hasSize(2);
    }

    @Test
    void asksASilentServerOnceMoreWhenNobodyElseIsLeft() {
        first.otherwise(silence());
        var alone = upstream(first);

        assertThat(ask(alone, 2000)).isEqualTo(new Outcome.Timeout());
        assertThat(first.asked()).hasSize(2);
    }

    @Test
    void tellsTheLastErrorWhenAllFail() {
        first.otherwise(rcode(Rcode.SERVFAIL));
        second.otherwise(rcode(Rcode.REFUSED));

        assertThat(ask(1000)).isEqualTo(new Outcome.Failure(Rcode.REFUSED));
    }

    @Test
    void leavesEachServerAShareOfTheTime() {
        first.otherwise(silence());
        var patient = new FailoverUpstream(
                servers(Duration.ofSeconds(10), first, second), Duration.ofSeconds(10), System::nanoTime);

        assertThat(ask(patient, 1000)).isInstanceOf(Outcome.Data.class);
    }

    @Test
    void keepsTheDeadline() {
        first.otherwise(silence());
        second.otherwise(silence());
        long start = System.nanoTime();

        assertThat(ask(300)).isEqualTo(new Outcome.Timeout());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    private Outcome ask(long millis) {
        return ask(upstream, millis);
    }

    private static Outcome ask(Upstream upstream, long millis) {
        return upstream.ask(QUESTION, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis))
                .toCompletableFuture()
                .join();
    }

    private FailoverUpstream upstream(FakeUpstream... servers) {
        return new FailoverUpstream(servers(TIMEOUT, servers), TIMEOUT, System::nanoTime);
    }

    private List<RemoteServer> servers(Duration timeout, FakeUpstream... servers) {
        return List.of(servers).stream()
                .map(server -> new RemoteServer(server.address(), timeout, executor))
                .toList();
    }
}
