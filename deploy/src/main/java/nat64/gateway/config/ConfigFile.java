// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;

/** Reads a configuration file. Nothing of the host is asked or changed. */
public final class ConfigFile {

    private static final int LARGEST = 32 << 20;

    private ConfigFile() {}

    /**
     * Reads the file.
     *
     * @throws ConfigException with all that is wrong in it
     */
    public static LoadedConfig load(Path file) {
        return parse(file.toString(), Optional.of(file), text(file));
    }

    /** What runs without any file. */
    public static LoadedConfig defaults() {
        return parse("built-in defaults", "");
    }

    /**
     * Reads the text of a file.
     *
     * @param file how messages call it
     * @throws ConfigException with all that is wrong in it
     */
    public static LoadedConfig parse(String file, String text) {
        return parse(file, Optional.empty(), text);
    }

    private static LoadedConfig parse(String file, Optional<Path> path, String text) {
        var reading = new Reading(file);
        var config = read(reading, text);
        reading.finish();
        return new LoadedConfig(file, path, text, config, reading.values(), reading.warnings());
    }

    /** Every key that is read, by its path. */
    static Map<String, Key> keysRead() {
        var reading = new Reading("");
        read(reading, "");
        return reading.keys();
    }

    private static GatewayConfig read(Reading reading, String text) {
        return new ConfigReader(reading).read(Section.of(reading, text));
    }

    private static String text(Path file) {
        var name = file.toString();
        try {
            if (Files.notExists(file)) {
                throw ConfigException.of(
                        name,
                        0,
                        "there is no such file; check the path, or leave out --config to run with the defaults");
            }
            if (Files.isDirectory(file)) {
                throw ConfigException.of(name, 0, "this is a directory; name the file in it");
            }
            return decode(name, head(file));
        } catch (AccessDeniedException e) {
            throw ConfigException.of(name, 0, "permission denied; change the owner or mode of the file");
        } catch (IOException e) {
            throw ConfigException.of(name, 0, "cannot be read: " + e.getMessage());
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            return input.readNBytes(LARGEST + 1); // endless files, such as /dev/zero, too
        }
    }

    private static String decode(String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw ConfigException.of(name, 0, "is larger than 32 MiB; this is not a configuration of nat64");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ConfigException.of(name, 0, "is not UTF-8 text; save it as UTF-8");
        }
    }
}
