// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nat64.translator.address.Ipv6Address;
import nat64.translator.device.MemoryPort;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.snapshot.RecordBuffer;
import nat64.translator.session.snapshot.Snapshot;
import nat64.translator.session.snapshot.SnapshotHeader;
import nat64.translator.session.snapshot.SnapshotWriter;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions leave a translator that runs or has stopped, and come to one before it begins. */
@Timeout(120)
class PreparedTranslatorTest {

    private static final int FLOWS = 300;

    private static final SessionRecord SESSION = new SessionRecord(
            new BindingRecord(Protocol.UDP, Ipv6Address.parse(CLIENT), 1000, TestNat64.POOL4.address(), 1000),
            TestNat64.POOL4.address(),
            53,
            TestNat64.settings().pref64s().getFirst(),
            new SessionState(TcpState.STATELESS, false, true, Duration.ofSeconds(9)));

    private final MemoryPort port = new MemoryPort();
    private final List<TranslatorThreads> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TranslatorThreads::close);
    }

    @ParameterizedTest(name = "{0} workers")
    @ValueSource(ints = {1, 3})
    void sessionsAreCopiedWhilePacketsFlow(int workers) throws Exception {
        var running = running(workers);
        assertThat(records(snapshot(running))).hasSize(FLOWS);
    }

    @ParameterizedTest(name = "stopped first: {0}")
    @ValueSource(booleans = {false, true})
    void aSuccessorGoesOnWithAllSessions(boolean stopped) throws Exception {
        var running = running(1);
        if (stopped) {
            running.stop();
            assertThat(running.isRunning()).isFalse();
        }
        var outside = new Wire(port.drain().getFirst());
        var records = records(snapshot(running));
        var heirPort = new MemoryPort();
        var heir = prepare(List.of(heirPort));
        for (var record : records) {
            assertThat(heir.adopt(record).get(10, TimeUnit.SECONDS)).isEqualTo(Adoption.ADOPTED);
        }
        assertThat(heir.isRunning()).isFalse();
        heir.begin();

        heirPort.offer(udp4(SERVER, 53, outside.source(), outside.sourcePort(), payload(1)));
        var answers = new ArrayList<byte[]>();
        while (answers.isEmpty()) {
            LockSupport.parkNanos(200_000);
            answers.addAll(heirPort.drain());
        }
        assertThat(new Wire(answers.getFirst()).destination()).isEqualTo(Wire.address(CLIENT));
    }

    @Test
    void nothingIsToldAfterItsEnd() {
        var running = running(1);
        running.stop();
        running.close();
        running.stop();

        assertThat(running.adopt(SESSION)).isCompletedExceptionally();
    }

    private TranslatorThreads running(int workers) {
        var ports = new ArrayList<>(List.of(port));
        while (ports.size() < workers) {
            ports.add(new MemoryPort());
        }
        var running = prepare(ports);
        for (int i = 0; i < FLOWS; i++) {
            port.offer(udp6(CLIENT, 1000 + i, SERVER_IN_PREF64, 53, payload(1)));
        }
        running.begin();
        while (running.statistics().fromIpv6().packets() < FLOWS) {
            LockSupport.parkNanos(200_000);
        }
        return running;
    }

    private TranslatorThreads prepare(List<MemoryPort> ports) {
        var surroundings = new TranslatorThreads.Surroundings(() -> 1_000, new SplittableRandom(1), () -> {});
        var prepared = TranslatorThreads.prepare(Arena.ofShared(), TestNat64.settings(), ports, surroundings);
        opened.add(prepared);
        return prepared;
    }

    private static byte[] snapshot(TranslatorThreads translator) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var copy = translator.copy();
        try (var arena = Arena.ofShared()) {
            var buffer = new RecordBuffer(arena, 100);
            var writer = new SnapshotWriter(
                    Channels.newChannel(bytes), new SnapshotHeader(new UUID(0, 0), 0, copy.pairing(), copy.pref64s()));
            while (copy.hasMore()) {
                buffer.clear();
                translator.copy(copy, buffer).get(10, TimeUnit.SECONDS);
                writer.write(buffer);
            }
            writer.end();
        }
        return bytes.toByteArray();
    }

    private static List<SessionRecord> records(byte[] snapshot) throws Exception {
        var records = new ArrayList<SessionRecord>();
        Snapshot.of(MemorySegment.ofArray(snapshot)).read(0, new Snapshot.Reader() {
            @Override
            public void on(SessionRecord session) {
                records.add(session);
            }

            @Override
            public void on(HeldPort held) {
                throw new AssertionError(held);
            }
        });
        return records;
    }
}
