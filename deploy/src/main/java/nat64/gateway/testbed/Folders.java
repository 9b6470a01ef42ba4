// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import nat64.gateway.system.HostException;

/** The bed's files. */
public final class Folders {

    private static final int MOST_TRIES = 10;

    private Folders() {}

    /** Creates a folder with those above it, even if another bed deletes one of these meanwhile because it is empty. */
    public static void create(Path folder) throws HostException {
        for (int tries = 1; !Files.isDirectory(folder); tries++) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                if (tries == MOST_TRIES || !(e instanceof NoSuchFileException)) {
                    throw new HostException("cannot create " + folder + ": " + e.getMessage(), e);
                }
            }
        }
    }

    public static void write(Path file, String text) throws HostException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new HostException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Deletes the folder with all that is in it. */
    static void delete(Path folder) throws HostException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new HostException("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }

    static void deleteIfEmpty(Path folder) throws HostException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return; // others have files there
        } catch (IOException e) {
            throw new HostException("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
