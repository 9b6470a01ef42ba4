// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.restart;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The file of sessions, which only its owner may read. It is complete at any time: a new one takes its place. */
final class SessionFile {

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** What the directory, usually in memory, must have left beside the file. */
    private static final long RESERVE = 1 << 20;

    private final Path path;
    private final Path unfinished;

    /** Writes the content of the file. */
    interface Content {
        void write(WritableByteChannel channel) throws IOException;
    }

    SessionFile(Path path) {
        this.path = path;
        unfinished = path.resolveSibling(path.getFileName() + ".new");
    }

    Path path() {
        return path;
    }

    /**
     * Replaces the file.
     *
     * @param bytes about how much it will be
     * @throws IOException if that is not possible; the file before stays
     */
    void write(long bytes, Content content) throws IOException {
        var directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Files.deleteIfExists(unfinished);
        if (Files.getFileStore(directory).getUsableSpace() < bytes + RESERVE) {
            throw new IOException("less than " + ((bytes + RESERVE) >>> 10) + " KiB are free");
        }
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            try (var channel = FileChannel.open(unfinished, NEW, mode)) {
                content.write(channel);
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /** Reads the file into memory of the arena; nothing if there is none. */
    Optional<MemorySegment> read(Arena arena) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var memory = arena.allocate(channel.size(), Long.BYTES);
            var rest = memory.asByteBuffer();
            while (rest.hasRemaining()) {
                if (channel.read(rest) < 0) {
                    throw new IOException("it was cut while it was read");
                }
            }
            return Optional.of(memory);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(unfinished);
    }
}
