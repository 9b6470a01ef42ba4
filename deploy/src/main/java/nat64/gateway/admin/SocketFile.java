// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file of a Unix domain socket, which outlives a process that ends without closing it.
 *
 * @param group of the file, by name or number; without it, that of this process
 * @param mode of the file; to connect takes the right to write
 */
public record SocketFile(Path path, Optional<String> group, Set<PosixFilePermission> mode) {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int ATTEMPTS = 100;
    private static final int NAMES = 36 * 36 * 36;

    /** For the owner and the group of this process. */
    public static SocketFile at(Path path) {
        return new SocketFile(path, Optional.empty(), PosixFilePermissions.fromString("rw-rw----"));
    }

    /** Binds a socket to a path. */
    interface Binder {
        void bind(Path path) throws IOException;
    }

    /**
     * Binds, so that the file never has wider rights than it is to have: it gets them in a directory that only this
     * process can enter, and its name afterwards.
     *
     * @throws IOException if that is impossible; the message says what helps
     */
    void bind(Binder binder) throws IOException {
        removeStale();
        var directory = privateDirectory();
        var bound = directory.resolve("s");
        try {
            binder.bind(bound);
            Files.setPosixFilePermissions(bound, mode);
            if (group.isPresent()) {
                give(bound, group.get());
            }
            Files.createLink(path, bound); // unlike a rename, it replaces no other gateway's socket
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another gateway has begun to listen there", e);
        } finally {
            Files.deleteIfExists(bound);
            Files.deleteIfExists(directory);
        }
    }

    /** Its name is short: with the file in it, the path may not be longer than that of the socket. */
    private Path privateDirectory() throws IOException {
        int left = ATTEMPTS; // names may be taken by other processes, or left by them
        while (true) {
            var name = "." + Integer.toString(ThreadLocalRandom.current().nextInt(NAMES), Character.MAX_RADIX);
            try {
                return Files.createDirectory(path.resolveSibling(name), PosixFilePermissions.asFileAttribute(PRIVATE));
            } catch (FileAlreadyExistsException e) {
                if (--left == 0) {
                    throw new IOException("cannot create a directory beside it; remove the hidden ones there", e);
                }
            }
        }
    }

    private static void give(Path file, String group) throws IOException {
        try {
            var principal = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(principal);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("the group " + group + " does not exist; create it with groupadd " + group, e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "the gateway's user may not give it to the group %s (%s); make the user a member: usermod -aG %s"
                                    .formatted(group, e.getReason(), group)
                            + " USER",
                    e);
        }
    }

    /**
     * Deletes the file if it is a socket without a process behind it.
     *
     * @throws IOException if a process listens there, or the file is something else
     */
    private void removeStale() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket()) {
            throw new IOException("the file exists and is not a socket");
        }
        if (isListening()) {
            throw new IOException("another gateway listens there; choose another path, or off");
        }
        Files.delete(path);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private boolean isListening() throws IOException {
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private boolean isSocket() throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET;
    }
}
