// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads when the configuration file has changed. It reads the file at intervals and compares the content, rather
 * than wait for events of the file system: a ConfigMap of Kubernetes is replaced through a symbolic link of a
 * directory above, network file systems have no events, and an editor may write a file in several steps. A change
 * counts once two reads in a row agree on it, so that no half-written file is loaded. A file that cannot be read is no
 * change.
 */
final class ConfigWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final int SECONDS = 1;
    private static final int LARGEST = (1 << 20) + 1; // what is larger is refused, whatever its end is

    private final Path file;
    private final Runnable reload;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("nat64-config-watch").daemon().factory());
    private String handled; // used by one thread, as the next
    private String seen;

    private ConfigWatch(Path file, String running, Runnable reload) {
        this.file = file;
        this.handled = running;
        this.seen = running;
        this.reload = reload;
    }

    /**
     * Looks at the file once a second until closed.
     *
     * @param running the text that runs
     * @param reload reads the file and reports what is wrong; called by one thread, once after each change
     */
    static ConfigWatch start(Path file, String running, Runnable reload) {
        var watch = of(file, running, reload);
        var _ = watch.thread.scheduleWithFixedDelay(watch::look, SECONDS, SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    /** One that looks only when it is told to. */
    static ConfigWatch of(Path file, String running, Runnable reload) {
        return new ConfigWatch(file, running, reload);
    }

    /** Reads the file, and reloads if it has changed and is as it was at the look before. */
    void look() {
        var read = content();
        if (read.isEmpty()) {
            return;
        }
        var now = read.get();
        boolean isSettled = now.equals(seen);
        seen = now;
        if (isSettled && !now.equals(handled)) {
            handled = now; // a wrong file is reported once, not at each look
            try {
                reload.run();
            } catch (RuntimeException e) { // or nothing would look again
                LOG.error("The reload after a change of {} failed", file, e);
            }
        }
    }

    /** Bytes as characters, whether they are text or not. */
    private Optional<String> content() {
        try (var input = Files.newInputStream(file)) {
            return Optional.of(new String(input.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
