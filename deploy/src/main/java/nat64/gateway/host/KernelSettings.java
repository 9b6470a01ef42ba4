// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.system.HostException;

/** The network settings of the kernel, {@code /proc/sys/net}: one file each. */
record KernelSettings(Path root) {

    static final KernelSettings OF_THIS_HOST = new KernelSettings(Path.of("/proc/sys/net"));

    Path path(String name) {
        return root.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(path(name));
    }

    String read(String name) throws HostException {
        try {
            return Files.readString(path(name)).strip();
        } catch (IOException e) {
            throw new HostException("cannot read %s: %s".formatted(path(name), e.getMessage()), e);
        }
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
