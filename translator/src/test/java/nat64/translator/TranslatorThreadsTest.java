// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nat64.translator.address.Ipv6Address;
import nat64.translator.device.MemoryPort;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TranslatorThreadsTest {

    private final AtomicLong clock = new AtomicLong(1_000);
    private final MemoryPort port = new MemoryPort();
    private final CountDownLatch deviceGone = new CountDownLatch(1);

    @Test
    void listsItsSessions() throws Exception {
        try (var translator = start()) {
            port.offer(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10)));
            while (translator.statistics().fromIpv6().packets() == 0) {
                Thread.onSpinWait();
            }
            var filter = RecordFilter.of(Protocol.UDP);
            var sessions = translator
                    .sessions(filter, Page.BEGINNING, 10)
                    .get(10, TimeUnit.SECONDS)
                    .items();
            assertThat(sessions).hasSize(1);
            var session = sessions.getFirst();
            assertThat(session.protocol()).isEqualTo(Protocol.UDP);
            assertThat(session.binding().client()).isEqualTo(Ipv6Address.parse(CLIENT));
            assertThat(session.binding().clientPort()).isEqualTo(1025);
            assertThat(session.remotePort()).isEqualTo(53);
        }
        assertThat(port.isClosed()).isTrue();
    }

    @Test
    void tellsThatItsDeviceIsGone() throws Exception {
        try (var translator = start()) {
            port.close();
            assertThat(deviceGone.await(10, TimeUnit.SECONDS)).isTrue();
            while (translator.isRunning()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void endsWithoutComplaintWhenClosed() {
        var translator = start();
        assertThat(translator.isRunning()).isTrue();
        translator.close();
        assertThat(translator.isRunning()).isFalse();
        assertThat(deviceGone.getCount()).isEqualTo(1);
    }

    private TranslatorThreads start() {
        return TranslatorThreads.start(
                Arena.ofShared(),
                TestNat64.settings(),
                List.of(port),
                new TranslatorThreads.Surroundings(clock::get, new SplittableRandom(1), deviceGone::countDown));
    }
}
