// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.bindinglog.format.Batch;
import nat64.gateway.bindinglog.format.JsonEncoder;
import nat64.gateway.bindinglog.format.LogRecord;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SinkTest {

    private static final long NOW = Records.MILLIS;
    private static final int ROOM = 2;
    private static final long PATIENCE = 30_000_000_000L;

    private final Memory output = new Memory();
    private final Sink sink = new Sink(new JsonEncoder(), output, ROOM);

    /** An output that can be slow, and can fail. */
    private static final class Memory implements Output {

        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final Semaphore permits = new Semaphore(0);
        private final CountDownLatch waits = new CountDownLatch(1);
        private final AtomicInteger failures = new AtomicInteger();
        private volatile boolean closed;

        @Override
        public void write(Batch batch) throws IOException {
            waits.countDown();
            try {
                permits.acquire();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("on purpose");
            }
            texts.add(StandardCharsets.US_ASCII.decode(batch.bytes()).toString());
        }

        @Override
        public void close() {
            closed = true;
        }

        String text() {
            return String.join("", texts);
        }
    }

    @Test
    void recordsAreWrittenInOrder() {
        output.permits.release(100);
        sink.start();
        for (int i = 0; i < 100; i++) {
            sink.add(binding(1000 + i), NOW);
        }
        close();

        assertThat(output.text().lines()).hasSize(100).element(42).asString().contains("\"pool4_port\":1042");
        assertThat(sink.written()).isEqualTo(100);
        assertThat(sink.lost()).isZero();
        assertThat(output.closed).isTrue();
    }

    @Test
    void aFewRecordsAreWrittenAfterAMoment() throws Exception {
        sink.start();
        sink.add(binding(1), NOW);
        sink.flushDue(NOW + 199);
        assertThat(output.waits.getCount()).isOne();

        sink.flushDue(NOW + 200);
        output.waits.await();

        output.permits.release();
        close();
        assertThat(sink.written()).isOne();
    }

    @Test
    void aFailedWriteIsTriedAgain() {
        output.failures.set(2);
        output.permits.release(100);
        sink.start();
        sink.add(binding(1), NOW);
        sink.flushDue(NOW + 1000);
        while (sink.written() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
        close();

        assertThat(output.text().lines()).hasSize(1);
        assertThat(sink.lost()).isZero();
    }

    @Test
    void whatIsLostIsCountedAndToldOnceThereIsRoom() {
        sink.start();
        int added = 0;
        while (sink.lost() == 0) { // one batch is being written, and two wait
            sink.add(binding(1 + added++ % 60_000), NOW);
        }
        assertThat(sink.hasRoom()).isFalse();
        output.permits.release(1_000_000);
        while (!sink.hasRoom()) {
            LockSupport.parkNanos(1_000_000);
        }
        sink.add(binding(65_000), NOW + 7);
        added++;
        close();

        assertThat(sink.written() + sink.lost()).isEqualTo(added);
        assertThat(output.text())
                .containsOnlyOnce("\"event\":\"lost\",\"records\":" + sink.lost() + ",\"where\":\"queue\"")
                .contains("\"pool4_port\":65000");
    }

    @Test
    void whatCannotBeWrittenAtTheEndIsLost() {
        output.failures.set(Integer.MAX_VALUE);
        output.permits.release(1000);
        sink.start();
        sink.add(binding(1), NOW);
        close();

        assertThat(sink.written()).isZero();
        assertThat(sink.lost()).isOne();
    }

    @Test
    void oneThatHangsAtTheEndIsLeft() throws Exception {
        sink.start();
        sink.add(binding(1), NOW);
        sink.end(NOW);
        output.waits.await();
        sink.close(System.nanoTime());

        assertThat(output.closed).isTrue();
        assertThat(sink.written()).isZero();
    }

    @Test
    void oneThatWasNeverStartedIsClosedToo() {
        close();

        assertThat(output.closed).isTrue();
    }

    private void close() {
        sink.end(NOW);
        sink.close(System.nanoTime() + PATIENCE);
    }

    private static LogRecord binding(int port) {
        return new LogRecord.Binding(NOW, Change.START, Records.tcp(port));
    }
}
