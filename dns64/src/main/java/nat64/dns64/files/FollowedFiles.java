// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value read from files of the operator, and read again when their bytes change; so it does not matter whether they
 * are written, renamed or relinked. What can't be used is logged once, and the last good one stays. Any thread may
 * read it; one looks.
 */
public final class FollowedFiles<T> {

    /** Makes something from the files, in the order of their paths. */
    @FunctionalInterface
    public interface Maker<T> {
        T make(List<NamedFile> files) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
    private static final long LARGEST = 1 << 20;

    private final List<Path> paths;
    private final Maker<T> maker;
    private List<NamedFile> files;
    private String complaint = "";
    private volatile T current;
    private final LongAdder reloads = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /**
     * @throws IOException if the files can't be used; it names the one at fault
     */
    public FollowedFiles(List<Path> paths, Maker<T> maker) throws IOException {
        this.paths = List.copyOf(paths);
        this.maker = maker;
        this.files = read();
        this.current = maker.make(files);
    }

    public T current() {
        return current;
    }

    /** Times that changed files were taken. */
    public long reloads() {
        return reloads.sum();
    }

    /** Times that changed files could not be used. */
    public long failures() {
        return failures.sum();
    }

    /** Looks whether the files have changed. Reads from the disk. */
    public synchronized void look() {
        try {
            var now = read();
            if (areSame(now)) {
                complaint = "";
                return;
            }
            current = maker.make(now);
            files = now;
            reloads.increment();
            complaint = "";
            LOG.info("reloaded {}", paths);
        } catch (IOException | RuntimeException e) { // the JDK throws either at certificates that make no sense
            complain(String.valueOf(e.getMessage()));
        }
    }

    private void complain(String message) {
        if (!message.equals(complaint)) {
            complaint = message;
            failures.increment();
            LOG.warn("{}; the previous version stays in use", message);
        }
    }

    private boolean areSame(List<NamedFile> now) {
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).hasSameBytes(files.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<NamedFile> read() throws IOException {
        var found = new ArrayList<NamedFile>();
        for (var path : paths) {
            found.add(read(path));
        }
        return found;
    }

    private static NamedFile read(Path path) throws UnusableFileException {
        try {
            if (Files.size(path) > LARGEST) {
                throw new UnusableFileException(path, "is larger than 1 MiB");
            }
            return new NamedFile(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new UnusableFileException(path, "does not exist");
        } catch (AccessDeniedException e) {
            throw new UnusableFileException(path, "can't be read: permission denied");
        } catch (UnusableFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableFileException(path, "can't be read: " + e.getMessage());
        }
    }
}
