// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import nat64.gateway.system.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be undone, kept where a crash can't take it: a line with the process id, then a step a line. The owner
 * holds a lock on the file, which the kernel drops with the process; so a file without a lock is a crash's.
 */
final class StateFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

    private static final String PROCESS = "process ";

    private final Path path;
    private final FileChannel channel;

    private StateFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes possession of the file; its content stays as it is.
     *
     * @throws HostException if a live process has it, or it can't be written
     */
    static StateFile open(Path path) throws HostException {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            var channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                var owner = lines(channel).stream().findFirst().orElse("another process");
                channel.close();
                throw new HostException("another gateway is already running here: %s (%s)".formatted(owner, path));
            }
            return new StateFile(path, channel);
        } catch (IOException e) {
            throw new HostException("cannot write %s: %s".formatted(path, e), e);
        }
    }

    /** The process that has the file, if one lives. */
    static OptionalLong owner(Path path) throws HostException {
        if (!Files.exists(path)) {
            return OptionalLong.empty();
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return lock(channel)
                    ? OptionalLong.empty()
                    : lines(channel).stream()
                            .filter(line -> line.matches(PROCESS + "\\d{1,10}"))
                            .mapToLong(line -> Long.parseLong(line.substring(PROCESS.length())))
                            .findFirst();
        } catch (IOException e) {
            throw new HostException("cannot read %s: %s".formatted(path, e), e);
        }
    }

    /**
     * The steps that a crashed owner has left to undo, in the order in which they were recorded. A malformed
     * line, as a crash may leave one, is skipped: it must not keep the rest from being undone.
     */
    List<Step> leftBehind() throws HostException {
        try {
            var steps = new ArrayList<Step>();
            for (var line : lines(channel).stream().skip(1).toList()) {
                try {
                    steps.add(Step.parse(line));
                } catch (HostException e) {
                    LOG.warn("{}: {}", path, e.getMessage());
                }
            }
            return steps;
        } catch (IOException e) {
            throw new HostException("cannot read %s: %s".formatted(path, e), e);
        }
    }

    /** Starts afresh, in the name of this process. */
    void begin() throws HostException {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw new HostException("cannot write %s: %s".formatted(path, e), e);
        }
        append(PROCESS + ProcessHandle.current().pid());
    }

    /** Records a step, durably, before the change that it undoes is made. */
    void record(Step undo) throws HostException {
        append(undo.line());
    }

    /** Leaves what is to be undone to the next owner. */
    void release() throws HostException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new HostException("cannot close %s: %s".formatted(path, e), e);
        }
    }

    /** Nothing is left to undo: the file goes. */
    @Override
    public void close() throws HostException {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new HostException("cannot delete %s: %s".formatted(path, e), e);
        }
    }

    private void append(String line) throws HostException {
        try {
            var octets = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new HostException("cannot write %s: %s".formatted(path, e), e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    /** Through the channel and no other: closing any other descriptor of the file would drop the lock. */
    private static List<String> lines(FileChannel channel) throws IOException {
        var octets = ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 20));
        while (octets.hasRemaining() && channel.read(octets, octets.position()) > 0) {}
        return new String(octets.array(), 0, octets.position(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
