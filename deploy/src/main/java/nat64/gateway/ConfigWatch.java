// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.text.FilePattern;
import nat64.gateway.config.text.Fingerprint;
import nat64.gateway.config.text.SourceFiles;
import nat64.gateway.config.text.TextFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads when the configuration file has changed, or a file that it names. It reads the files at intervals and
 * compares the content, rather than wait for events of the file system: a ConfigMap of Kubernetes is replaced through a
 * symbolic link of a directory above, network file systems have no events, and an editor may write a file in several
 * steps. A change counts once two looks in a row agree on it, so that no half-written file is loaded. A named file that
 * cannot be read does not count as a change; one that matched a wildcard may be deleted.
 */
final class ConfigWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final int SECONDS = 1;

    /** A file that was changed within that time may change again without another time stamp. */
    private static final Duration RECENTLY = Duration.ofSeconds(2);

    private final Path file;
    private final Runnable reload;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("nat64-config-watch").daemon().factory());
    private List<FilePattern> patterns; // used by one thread, as the next
    private Map<Path, Fingerprint> handled;
    private Map<Path, Fingerprint> seen;
    private Map<Path, Read> reads = new HashMap<>();

    /**
     * A file as it was read. Its status tells whether it has to be read again: large files are not read each second.
     *
     * @param status what is another one when the content is
     */
    private record Read(List<Object> status, Fingerprint fingerprint) {}

    private ConfigWatch(Path file, SourceFiles running, Runnable reload) {
        this.file = file;
        this.patterns = running.patterns();
        this.handled = running.contents();
        this.reload = reload;
        var now = new HashMap<>(contents().orElse(handled));
        now.replaceAll((path, fingerprint) -> running.contents().getOrDefault(path, fingerprint));
        this.handled = now; // what changed since it was read is a change
        this.seen = now;
    }

    /**
     * Looks at the files once a second until closed.
     *
     * @param running the files that run
     * @param reload reads the files and reports what is wrong; called by one thread, once after each change
     */
    static ConfigWatch start(Path file, SourceFiles running, Runnable reload) {
        var watch = of(file, running, reload);
        var _ = watch.thread.scheduleWithFixedDelay(watch::look, SECONDS, SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    /** One that looks only when it is told to. */
    static ConfigWatch of(Path file, SourceFiles running, Runnable reload) {
        return new ConfigWatch(file, running, reload);
    }

    /** Reads the files, and reloads if one has changed and all are as they were at the look before. */
    void look() {
        var read = contents();
        if (read.isEmpty()) {
            return;
        }
        var now = read.get();
        boolean isSettled = now.equals(seen);
        seen = now;
        if (isSettled && !now.equals(handled)) {
            patterns = ConfigFile.files(file).patterns();
            handled = contents().orElse(now); // before the reload: what changes meanwhile is a change, too
            seen = handled; // a wrong file is reported once, not at each look
            try {
                reload.run();
            } catch (RuntimeException e) { // or nothing would look again
                LOG.error("The reload after a change of {} failed", file, e);
            }
        }
    }

    /** Of all files that are there; nothing if a named one was there and can't be read now. */
    private Optional<Map<Path, Fingerprint>> contents() {
        var found = new HashMap<Path, Fingerprint>();
        var next = new HashMap<Path, Read>();
        for (var pattern : patterns) {
            try {
                for (var path : pattern.files()) {
                    var read = read(path);
                    next.put(path, read);
                    found.put(path, read.fingerprint());
                }
            } catch (IOException e) {
                if (!pattern.isWildcard() && handled.containsKey(pattern.path())) {
                    return Optional.empty();
                }
            }
        }
        reads = next;
        return Optional.of(found);
    }

    private Read read(Path path) throws IOException {
        var attributes = Files.readAttributes(path, "unix:ino,dev,size,ctime");
        var status = List.copyOf(attributes.values());
        var before = reads.get(path);
        boolean isRecent = attributes.get("ctime") instanceof FileTime changed
                && changed.toInstant().isAfter(Instant.now().minus(RECENTLY));
        return before != null && !isRecent && before.status().equals(status)
                ? before
                : new Read(status, Fingerprint.of(TextFile.head(path)));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
