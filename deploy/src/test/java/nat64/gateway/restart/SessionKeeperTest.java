// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.system.BootClock.Moment;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.device.MemoryPort;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions go from one translator to the next through a file. */
@SuppressWarnings("NullAway.Init")
class SessionKeeperTest {

    private static final UUID BOOT = new UUID(6146, 6147);
    private static final int SESSIONS = 30;

    @TempDir
    private Path directory;

    private final List<TranslatorThreads> opened = new ArrayList<>();
    private Moment now = new Moment(BOOT, 100_000);

    @AfterEach
    void close() {
        opened.forEach(TranslatorThreads::close);
    }

    @Test
    void aSuccessorGoesOnWithAllSessions() throws Exception {
        keep();
        now = new Moment(BOOT, 100_500);

        var heir = translator();
        var keeper = keeper(heir);
        keeper.adopt();

        assertThat(sessions(heir)).isEqualTo(SESSIONS);
        assertThat(keeper.status().adopted()).isEqualTo(Map.of("adopted", (long) SESSIONS));
        assertThat(keeper.status().refused()).isEmpty();
    }

    @Test
    void theTimeInBetweenCounts() throws Exception {
        keep(); // for a minute
        now = new Moment(BOOT, 161_000);

        var heir = translator();
        var keeper = keeper(heir);
        keeper.adopt();

        assertThat(sessions(heir)).isZero();
        assertThat(keeper.status().adopted()).isEqualTo(Map.of("expired", (long) SESSIONS));
    }

    @Test
    void onlyItsOwnerReadsTheFile() throws Exception {
        keep();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aDamagedFileIsNotUsed() throws Exception {
        keep();
        var bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);

        assertIsRefused("damaged");
    }

    @Test
    void aTruncatedFileIsNotUsed() throws Exception {
        keep();
        var bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, bytes.length - 1));

        assertIsRefused("truncated");
    }

    @Test
    void aFileOfAnotherVersionIsNotUsed() throws Exception {
        Files.writeString(file(), "a file of the next version, which has another format altogether");

        assertIsRefused("other_format");
    }

    @Test
    void aFileFromBeforeTheStartOfTheHostIsNotUsed() throws Exception {
        keep();
        now = new Moment(new UUID(1, 1), 200_000);

        assertIsRefused("other_boot");
    }

    @Test
    void aFileFromTheFutureIsNotUsed() throws Exception {
        keep();
        now = new Moment(BOOT, 99_999);

        assertIsRefused("future");
    }

    @Test
    void whatIsNoFileIsNotUsed() throws Exception {
        Files.createDirectory(file());

        assertIsRefused("unreadable");
    }

    @Test
    void withoutAFileThereIsNothingToDo() throws Exception {
        var heir = translator();
        var keeper = keeper(heir);
        keeper.adopt();

        assertThat(keeper.status()).isEqualTo(KeptSessions.NONE);
        assertThat(sessions(heir)).isZero();
    }

    @Test
    void nothingIsWrittenWhenNothingHasChanged() throws Exception {
        var translator = translator();
        var keeper = keeper(translator);
        keeper.writeIfChanged();
        keeper.writeIfChanged();
        assertThat(keeper.status().writes()).isEqualTo(1);
        assertThat(keeper.status().records()).isZero();

        open(translator, 1);
        keeper.writeIfChanged();
        assertThat(keeper.status().writes()).isEqualTo(2);
        assertThat(keeper.status().records()).isEqualTo(1);
        assertThat(keeper.status().age()).isPresent();
    }

    @Test
    void aFileThatCannotBeWrittenIsCountedAndTriedAgain() throws Exception {
        var missing = directory.resolve("a");
        Files.writeString(missing, "no directory");
        var translator = translator();
        var keeper = new SessionKeeper(missing.resolve("b.sessions"), translator, () -> now);
        keeper.writeIfChanged();
        assertThat(keeper.status().failures()).isEqualTo(1);
        assertThat(keeper.status().age()).isEmpty();

        Files.delete(missing);
        keeper.writeIfChanged();
        assertThat(keeper.status().writes()).isEqualTo(1);
        assertThat(missing.resolve("b.sessions")).exists();
    }

    @Test
    void whatIsKeptCanBeForgotten() throws Exception {
        keep();

        SessionKeeper.forget(file());

        assertThat(directory).isEmptyDirectory();
    }

    private void assertIsRefused(String reason) throws IOException {
        var heir = translator();
        var keeper = keeper(heir);
        keeper.adopt();

        assertThat(keeper.status().refused()).isEqualTo(Map.of(reason, 1L));
        assertThat(keeper.status().adopted()).isEmpty();
        assertThat(sessions(heir)).isZero();
    }

    /** A gateway that has sessions ends. */
    private void keep() throws IOException {
        var translator = translator();
        open(translator, SESSIONS);
        keeper(translator).close();
        assertThat(file()).exists();
    }

    private Path file() {
        return directory.resolve("nat64-1.sessions");
    }

    private SessionKeeper keeper(TranslatorThreads translator) {
        return new SessionKeeper(file(), translator, () -> now);
    }

    private TranslatorThreads translator() throws IOException {
        var config = ConfigFile.parse("test", "{clients: ['2001:db8::/32'], translator: {max-sessions: 1024}}")
                .config();
        var surroundings = new TranslatorThreads.Surroundings(() -> 1_000, new SplittableRandom(1), () -> {});
        var translator = TranslatorThreads.prepare(
                Arena.ofShared(), config.translatorSettings(), List.of(new MemoryPort()), surroundings);
        opened.add(translator);
        return translator;
    }

    private static void open(TranslatorThreads translator, int sessions) {
        for (int i = 0; i < sessions; i++) {
            var record = new SessionRecord(
                    new BindingRecord(
                            Protocol.UDP,
                            Ipv6Address.parse("2001:db8::" + i),
                            1000,
                            Ipv4Address.parse("100.64.64.1"),
                            2000 + i),
                    Ipv4Address.parse("192.0.2.1"),
                    53,
                    Pref64.WELL_KNOWN,
                    new SessionState(TcpState.STATELESS, false, true, Duration.ofMinutes(1)));
            assertThat(translator.adopt(record).join().succeeded()).isTrue();
        }
    }

    private static int sessions(TranslatorThreads translator) {
        return translator.statistics().tables().values().stream()
                .mapToInt(tables -> tables.sessions())
                .sum();
    }
}
