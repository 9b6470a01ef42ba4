// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nat64.gateway.config.ConfigFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {

    private static final String RUNNING = "role: both\n";

    @TempDir
    Path directory;

    private Path file = Path.of("");
    private int reloads;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(directory.resolve("nat64.yaml"), RUNNING);
    }

    @Test
    void doesNothingWhileTheFileStays() {
        look(watch(), 3);

        assertThat(reloads).isZero();
    }

    @Test
    void reloadsOnceAfterAChange() throws Exception {
        var watch = watch();
        Files.writeString(file, "role: dns64\n");
        look(watch, 5);

        assertThat(reloads).isEqualTo(1);
    }

    @Test
    void waitsUntilTheFileIsWholeBeforeItReloads() throws Exception {
        var watch = watch();
        for (var part : new String[] {"role", "role: ", "role: dns64\n"}) {
            Files.writeString(file, part);
            look(watch, 1);
        }
        assertThat(reloads).isZero();

        look(watch, 1);
        assertThat(reloads).isEqualTo(1);
    }

    @Test
    void reloadsWhenAConfigMapIsReplaced() throws Exception {
        var first = Files.createDirectory(directory.resolve("..2026_11_28_1"));
        var second = Files.createDirectory(directory.resolve("..2026_11_28_2"));
        Files.writeString(first.resolve("nat64.yaml"), RUNNING);
        Files.writeString(second.resolve("nat64.yaml"), "role: dns64\n");
        var data = Files.createSymbolicLink(directory.resolve("..data"), first.getFileName());
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("..data", "nat64.yaml"));
        var watch = watch();
        look(watch, 2);
        assertThat(reloads).isZero();

        var next = Files.createSymbolicLink(directory.resolve("..data_tmp"), second.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE); // as the kubelet does
        look(watch, 2);
        assertThat(reloads).isEqualTo(1);
    }

    @Test
    void takesAFileThatIsAwayForNoChange() throws Exception {
        var watch = watch();
        Files.delete(file);
        look(watch, 3);
        Files.writeString(file, RUNNING);
        look(watch, 3);

        assertThat(reloads).isZero();
    }

    @Test
    void reloadsWhenAnIncludedFileComesChangesOrGoes() throws Exception {
        Files.writeString(file, "include: [\"conf.d/*.yaml\"]\n");
        var included = Files.createDirectory(directory.resolve("conf.d")).resolve("a.yaml");
        var watch = watch();
        look(watch, 3);
        assertThat(reloads).isZero();

        Files.writeString(included, "role: dns64\n");
        look(watch, 3);
        assertThat(reloads).isEqualTo(1);

        Files.writeString(included, "role: translator\n");
        look(watch, 3);
        assertThat(reloads).isEqualTo(2);

        Files.delete(included);
        look(watch, 3);
        assertThat(reloads).isEqualTo(3);
    }

    @Test
    void reloadsWhenATableChanges() throws Exception {
        var table = Files.writeString(directory.resolve("b.csv"), "");
        Files.writeString(file, "translator: {static-bindings-file: b.csv}\n");
        var watch = watch();
        look(watch, 3);
        assertThat(reloads).isZero();

        Files.writeString(table, "tcp,[2001:db8::5]:80,100.64.64.1:80\n");
        look(watch, 3);
        assertThat(reloads).isEqualTo(1);
    }

    @Test
    void reloadsOnceWhereAnIncludedFileIsNoText() throws Exception {
        Files.writeString(file, "include: [\"*.yaml\"]\n");
        var watch = watch();
        Files.write(directory.resolve("a.yaml"), new byte[] {(byte) 0xff});
        look(watch, 6);

        assertThat(reloads).isEqualTo(1);
    }

    @Test
    void looksAgainAfterAReloadThatFails() throws Exception {
        var watch = ConfigWatch.of(file, ConfigFile.files(file), () -> {
            reloads++;
            throw new IllegalStateException("refused");
        });
        Files.writeString(file, "role: dns64\n");
        look(watch, 2);
        Files.writeString(file, "role: translator\n");
        look(watch, 2);

        assertThat(reloads).isEqualTo(2);
    }

    @Test
    void looksByItselfOnceStarted() throws Exception {
        var reloaded = new CountDownLatch(1);
        try (var _ = ConfigWatch.start(file, ConfigFile.files(file), reloaded::countDown)) {
            Files.writeString(file, "role: dns64\n");

            assertThat(reloaded.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private ConfigWatch watch() {
        return ConfigWatch.of(file, ConfigFile.files(file), () -> reloads++);
    }

    private static void look(ConfigWatch watch, int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }
}
