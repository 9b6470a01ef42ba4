// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import nat64.gateway.bindinglog.format.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a file, which is opened anew when its path is another file or none: so it can be rotated at any time,
 * either by renaming or by copying and truncating.
 */
final class FileOutput implements Output {

    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final String MODE = "rw-r-----"; // it is about persons

    private final Path path;
    private volatile FileChannel channel;
    private @Nullable Object key; // device and inode
    private @Nullable Batch begun;
    private @Nullable ByteBuffer rest;

    /** @throws IOException if the file cannot be opened; the message says what helps */
    FileOutput(Path path) throws IOException {
        this.path = path;
        try {
            channel = open();
        } catch (IOException e) {
            throw new IOException(
                    "cannot append to %s, which translator.binding-log.json.file names (%s); create its directory, and let"
                                    .formatted(path, reason(e))
                            + " the user of the gateway write there",
                    e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such directory" : e.toString();
    }

    private FileChannel open() throws IOException {
        var opened = FileChannel.open(
                path, APPENDING, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
        key = fileKey();
        return opened;
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void write(Batch batch) throws IOException {
        var bytes = rest;
        if (bytes == null || begun != batch) {
            followRotation();
            bytes = batch.bytes();
            begun = batch;
            rest = bytes;
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes); // after a failure, the line that was begun goes on where it ended
        }
        begun = null;
        rest = null;
    }

    private void followRotation() throws IOException {
        if (channel.isOpen() && isSameFile()) {
            return;
        }
        channel.close();
        channel = open();
    }

    private boolean isSameFile() throws IOException {
        try {
            var now = fileKey();
            return now != null && now.equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
