// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file of a Unix domain socket, which outlives a process that ends without closing it. */
record SocketFile(Path path) {

    /** The owner and the group may connect, which takes the right to write. */
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-rw----");

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    /**
     * Deletes the file if it is a socket without a process behind it.
     *
     * @throws IOException if a process listens there, or the file is something else
     */
    void removeStale() throws IOException {
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

    /** Between bind and this, the umask decides; the usual ones let the owner alone connect. */
    void restrict() throws IOException {
        Files.setPosixFilePermissions(path, MODE);
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
