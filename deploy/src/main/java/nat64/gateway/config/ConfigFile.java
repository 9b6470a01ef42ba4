// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nat64.gateway.config.admin.AdminConfig;
import nat64.gateway.config.admin.AdminKeys;
import nat64.gateway.config.admin.AdminReader;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.file.Assembly;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.gateway.config.text.FilePattern;
import nat64.gateway.config.text.Fingerprint;
import nat64.gateway.config.text.MalformedTextException;
import nat64.gateway.config.text.Source;
import nat64.gateway.config.text.SourceFiles;
import nat64.gateway.config.text.TextFile;
import nat64.gateway.config.text.Yaml;
import nat64.gateway.config.translator.StatelessKeys;
import nat64.gateway.config.translator.TranslatorKeys;

/** Reads a configuration file, and the files that it names. Nothing of the host is asked or changed. */
public final class ConfigFile {

    static final Assembly.Layout LAYOUT =
            new Assembly.Layout(GatewayKeys.INCLUDE, List.of(StatelessKeys.EAM_TABLE, TranslatorKeys.BINDINGS_TABLE));

    private static final Assembly.Layout WITHOUT_TABLES = new Assembly.Layout(GatewayKeys.INCLUDE, List.of());

    /** The keys that say where values are. They are not compared; the values are. */
    static final Set<String> FILE_KEYS = Stream.concat(
                    Stream.of(LAYOUT.include().path()),
                    LAYOUT.tables().stream().map(table -> table.file().path()))
            .collect(Collectors.toUnmodifiableSet());

    private ConfigFile() {}

    /**
     * Reads the file, and those that it names.
     *
     * @throws ConfigException with all that is wrong in it
     */
    public static LoadedConfig load(Path file) {
        var source = Source.of(file);
        var text = text(source, file);
        var reading = new Reading(source);
        var assembly = Assembly.of(reading, text, LAYOUT);
        var config = new ConfigReader(reading).read(Section.of(reading, assembly.top()));
        reading.finish();
        return new LoadedConfig(
                file.toString(),
                Optional.of(file),
                files(file, text, assembly),
                () -> assembly.oneText().orElse(text),
                config,
                reading.values(),
                reading.warnings());
    }

    /**
     * Reads the section {@code admin} alone, for those who only want to reach the gateway: tables of 100,000 mappings
     * would take them seconds, and what is wrong elsewhere is the gateway's to tell.
     *
     * @throws ConfigException if a file can't be read, or the section is wrong
     */
    public static AdminConfig admin(Path file) {
        var source = Source.of(file);
        var reading = new Reading(source);
        var top = Section.of(
                reading,
                Assembly.of(reading, text(source, file), WITHOUT_TABLES).top());
        var admin = new AdminReader(reading, new OwnAddressChecks(reading, List.of(), List.of()))
                .read(top.section(AdminKeys.KEYS));
        reading.finishPart();
        return admin;
    }

    /** What runs without any file. */
    public static LoadedConfig defaults() {
        return parse("built-in defaults", "");
    }

    /**
     * Reads the text of a file, but none of the files that it names.
     *
     * @param file how messages call it
     * @throws ConfigException with all that is wrong in it
     */
    public static LoadedConfig parse(String file, String text) {
        var reading = new Reading(Source.named(file));
        var config = read(reading, text);
        reading.finish();
        return new LoadedConfig(
                file, Optional.empty(), SourceFiles.NONE, () -> text, config, reading.values(), reading.warnings());
    }

    /** The files that a configuration consists of, whether it is right or not. */
    public static SourceFiles files(Path file) {
        var source = Source.of(file);
        try {
            var text = TextFile.read(source, file, "");
            return files(file, text, Assembly.of(new Reading(source), text, LAYOUT));
        } catch (MalformedTextException | ConfigException e) {
            return new SourceFiles(List.of(new FilePattern(file)), Map.of());
        }
    }

    /** Every key that is read, by its path. */
    static Map<String, Key> keysRead() {
        var reading = new Reading(Source.named(""));
        read(reading, "");
        return reading.keys();
    }

    private static GatewayConfig read(Reading reading, String text) {
        try {
            return new ConfigReader(reading).read(Section.of(reading, Yaml.compose(reading.main(), text)));
        } catch (MalformedTextException e) {
            throw refusal(e);
        }
    }

    private static SourceFiles files(Path main, String text, Assembly assembly) {
        var others = assembly.files();
        var patterns = new ArrayList<>(List.of(new FilePattern(main)));
        patterns.addAll(others.patterns());
        var contents = new HashMap<>(others.contents());
        contents.put(main, Fingerprint.of(text));
        return new SourceFiles(patterns, contents);
    }

    private static String text(Source source, Path file) {
        try {
            return TextFile.read(source, file, "check the path, or leave out --config to run with the defaults");
        } catch (MalformedTextException e) {
            throw refusal(e);
        }
    }

    static ConfigException refusal(MalformedTextException e) {
        return ConfigException.of(e.place().source().name(), e.place().line(), e.text());
    }
}
