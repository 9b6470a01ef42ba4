// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.StaticBindingPlaces;
import nat64.gateway.config.translator.binding.BindingText;
import nat64.translator.session.policy.StaticBinding;

/**
 * The table that {@code translator.static-bindings-file} names, to which changes of static bindings are saved. A line
 * is added or removed; every other octet stays. Blocks on the disk.
 *
 * @param main the configuration file that names it
 * @param file a table in CSV
 */
public record BindingsTable(Path main, Path file) {

    /** Every octet is a character: what this class does not know stays as it is. */
    private static final Charset OCTETS = StandardCharsets.ISO_8859_1;

    /** A change that waits for {@link #use}. To be closed. */
    public interface Change extends AutoCloseable {

        /**
         * Has the file have the change.
         *
         * @throws IOException if it cannot; the file is as it was
         */
        void use() throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * The table of a configuration.
     *
     * @throws IllegalArgumentException if it has none that can be written; the message says what to do
     */
    public static BindingsTable of(LoadedConfig loaded) {
        var main = loaded.file();
        var file = StaticBindingPlaces.file(loaded);
        if (main.isEmpty() || file.isEmpty()) {
            throw new IllegalArgumentException("--save needs a file to save to: set translator.static-bindings-file,"
                    + " for example to /var/lib/nat64/bindings.csv, create it, and reload");
        }
        if (file.get().toString().matches(".*\\.ya?ml")) {
            throw new IllegalArgumentException(
                    "--save writes tables in CSV only, and %s is YAML; edit it by hand, or".formatted(file.get())
                            + " name a file that ends in .csv in translator.static-bindings-file");
        }
        return new BindingsTable(main.get(), file.get());
    }

    /**
     * Prepares a line more.
     *
     * @throws IOException if the file cannot be written; the message says what helps
     */
    public Change add(StaticBinding binding) throws IOException {
        byte[] before = Files.readAllBytes(file);
        var text = new String(before, OCTETS);
        var end = text.contains("\r\n") ? "\r\n" : "\n";
        var line = StaticBindingPlaces.columns(text).stream()
                .map(column -> BindingText.values(binding).get(column))
                .collect(Collectors.joining(","));
        boolean isEnded = text.isEmpty() || text.endsWith("\n");
        return prepare(before, text + (isEnded ? "" : end) + line + end);
    }

    /**
     * Prepares a line less.
     *
     * @return nothing if no file has the binding
     * @throws IllegalArgumentException if another file has it; the message names the line
     * @throws IOException as for {@link #add}
     */
    public Optional<Change> remove(StaticBinding.Outside outside) throws IOException {
        byte[] before = Files.readAllBytes(file);
        var text = new String(before, OCTETS);
        var line = StaticBindingPlaces.line(text, outside);
        if (line.isPresent()) {
            return Optional.of(prepare(before, without(line.get(), text)));
        }
        StaticBindingPlaces.find(main, outside).ifPresent(place -> {
            throw new IllegalArgumentException(
                    "this static binding is in %s:%d, which --save does not change; remove it there, and reload"
                            .formatted(place.source().name(), place.line()));
        });
        return Optional.empty();
    }

    private Change prepare(byte[] before, String text) throws IOException {
        var replaced = ReplacedFile.prepare(file, before, text.getBytes(OCTETS));
        return new Change() {
            @Override
            public void use() throws IOException {
                replaced.use();
            }

            @Override
            public void close() throws IOException {
                replaced.close();
            }
        };
    }

    private static String without(int number, String text) {
        var lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        lines.remove(number - 1);
        return String.join("", lines);
    }
}
