// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

/**
 * The next content of a file, on the disk beside it until it takes its place as a whole: readers see the old or the new
 * one, whatever happens. Owner, group and mode stay. To be closed; without {@link #use}, the file stays as it is.
 */
final class ReplacedFile implements AutoCloseable {

    private final Path file;
    private final byte[] before;
    private final Path next;

    private ReplacedFile(Path file, byte[] before, Path next) {
        this.file = file;
        this.before = before;
        this.next = next;
    }

    /**
     * Writes the next content.
     *
     * @param file a symbolic link stays, and the file behind it is replaced
     * @param before what the next content was made from
     * @throws IOException if this process may not; the message says what helps, and nothing has changed
     */
    static ReplacedFile prepare(Path file, byte[] before, byte[] content) throws IOException {
        var real = file.toRealPath();
        try {
            var next = Files.createTempFile(real.getParent(), "." + real.getFileName() + ".", ".new"); // mode 0600
            var replaced = new ReplacedFile(real, before, next);
            try {
                replaced.write(content);
                return replaced;
            } catch (IOException e) {
                replaced.close();
                throw e;
            }
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "cannot write in %s: permission denied; name a file in a directory of the gateway's user, such as"
                                    .formatted(real.getParent())
                            + " /var/lib/nat64, or edit the file by hand",
                    e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "cannot write in %s: %s; edit the file by hand, or name another one"
                            .formatted(real.getParent(), e.getReason() == null ? e.toString() : e.getReason()),
                    e);
        }
    }

    private void write(byte[] content) throws IOException {
        var attributes = Files.readAttributes(file, PosixFileAttributes.class);
        try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        var view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        var own = view.readAttributes();
        try {
            if (!own.group().equals(attributes.group())) {
                view.setGroup(attributes.group());
            }
            if (!own.owner().equals(attributes.owner())) {
                view.setOwner(attributes.owner());
            }
        } catch (FileSystemException e) {
            throw new IOException(
                    "%s belongs to %s:%s, and this process (%s) may not give files away; chown it to that user, or edit"
                                    .formatted(
                                            file,
                                            attributes.owner().getName(),
                                            attributes.group().getName(),
                                            own.owner().getName())
                            + " it by hand",
                    e);
        }
        view.setPermissions(attributes.permissions());
    }

    /**
     * Puts the next content in its place, for good.
     *
     * @throws IOException if another process has changed the file meanwhile, or this one may not; the file is as it was
     */
    void use() throws IOException {
        if (!Arrays.equals(Files.readAllBytes(file), before)) {
            throw new IOException(file + " was changed by another program at the same time; try again");
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(next);
    }
}
