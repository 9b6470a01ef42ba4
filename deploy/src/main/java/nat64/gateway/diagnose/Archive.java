// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.diagnose;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes parts into a ZIP file that only its owner may read. */
public final class Archive {

    private static final int LONGEST_PART = 8 << 20; // characters

    private Archive() {}

    /**
     * Writes a new file. A part that can't be collected has the reason in its place.
     *
     * @param folder the name of the folder in the archive
     * @throws IOException if the file is there already or can't be written
     */
    public static void write(Path file, String folder, List<Part> parts) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(file, options, mode);
                var zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
            for (var part : parts) {
                zip.putNextEntry(new ZipEntry(folder + "/" + part.name()));
                zip.write(text(part).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private static String text(Part part) {
        try {
            var text = part.source().text();
            return text.length() <= LONGEST_PART
                    ? text
                    : "(the beginning is left out)\n" + text.substring(text.length() - LONGEST_PART);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "not collected: interrupted\n";
        } catch (Exception e) {
            return "not collected: " + e.getMessage() + "\n";
        }
    }
}
