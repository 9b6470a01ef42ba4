// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.system.HostException;

/** The network settings of the kernel, {@code /proc/sys/net}: one file each. */
record KernelSettings(Path root) {

    private static final int LONGEST = 1 << 16;

    static final KernelSettings OF_THIS_HOST = new KernelSettings(Path.of("/proc/sys/net"));

    Path path(String name) {
        return root.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(path(name));
    }

    /**
     * Whether this process may change a setting; in a container, it often may not. Opening changes nothing, and takes
     * capabilities into account, which access(2) does not.
     */
    boolean isWritable(String name) {
        try (var _ = FileChannel.open(path(name), StandardOpenOption.WRITE)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String read(String name) throws HostException {
        try (var file = FileChannel.open(path(name))) {
            return read(file).strip();
        } catch (IOException e) {
            throw new HostException("cannot read %s: %s".formatted(path(name), e.getMessage()), e);
        }
    }

    /** All at once: of some settings, such as lists of ports, the kernel gives the first part only. */
    private static String read(FileChannel file) throws IOException {
        var text = ByteBuffer.allocate(LONGEST);
        while (file.read(text) > 0 && text.hasRemaining()) {}
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    }

    /** The change that gives a setting a value and later its old one back; it writes even a value that is there. */
    Change set(String name, String value) throws HostException {
        return Change.undoable(new Step.Write(path(name), value), new Step.Write(path(name), read(name)));
    }

    /** Names under which interfaces have settings of their own, {@code default} among them. */
    List<String> interfaces(String family) throws HostException {
        var names = new ArrayList<String>();
        try (var directories = Files.newDirectoryStream(path(family + "/conf"))) {
            for (var directory : directories) {
                names.add(String.valueOf(directory.getFileName()));
            }
        } catch (IOException e) {
            throw new HostException("cannot list %s: %s".formatted(path(family + "/conf"), e.getMessage()), e);
        }
        names.remove("all");
        names.sort(null);
        return names;
    }
}
