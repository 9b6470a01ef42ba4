// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.OnChange;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.gateway.config.text.Source;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key is read, has a use, and is known to the reload. */
class KeyUseTest {

    @Test
    void everyKeyIsRead() {
        assertAllAreRead(AllKeys.stream().toList(), ConfigFile.keysRead().values());
    }

    @Test
    void noKeyIsDeclaredTwice() {
        assertThat(AllKeys.stream().map(Key::path)).doesNotHaveDuplicates();
    }

    @Test
    void everyKeyOfASectionHasAValueToCompare() {
        assertThat(ConfigFile.defaults().values().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        sectionKeys().map(Key::path).toList());
    }

    @ParameterizedTest
    @MethodSource("paths")
    @Tag("R-134")
    void aChangeIsSeenAndHasAnEffect(String path) {
        var key = key(path);
        var before = before(key);
        var after = after(key);
        var changes = ConfigChanges.between(before, after);

        assertThat(Stream.concat(changes.reloadable().stream(), changes.needingRestart().stream()))
                .extracting(change -> change.key().path())
                .containsExactly(key.path());
        assertThat(after.config()).isNotEqualTo(before.config());
    }

    @ParameterizedTest
    @MethodSource("reloadedPaths")
    @Tag("R-134")
    void aReloadHandsOverWhatItDoesNotRefuse(String path) {
        var key = key(path);
        assertIsHandedOver(
                key, reloaded(before(key).config()), reloaded(after(key).config()));
    }

    @Test
    void aKeyThatNoReaderReadsIsFound() {
        var keys = Keys.section("");
        var read = keys.value("a", "true", Formats.BOOLEAN, OnChange.RELOAD, "read");
        keys.value("b", "true", Formats.BOOLEAN, OnChange.RELOAD, "forgotten");
        var reading = new Reading(Source.named("f"));
        Section.of(reading, Optional.empty()).value(read);

        assertThatThrownBy(() -> assertAllAreRead(keys.all(), reading.keys().values()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("b");
    }

    @Test
    void aKeyThatIsReadButNotListedIsFound() {
        var listed = Keys.section("");
        var other = Keys.section("");
        var reading = new Reading(Source.named("f"));
        Section.of(reading, Optional.empty())
                .value(other.value("c", "1", Formats.integer(1, 2), OnChange.RELOAD, "not listed"));

        assertThatThrownBy(() -> assertAllAreRead(listed.all(), reading.keys().values()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("c");
    }

    @Test
    void aKeyThatAReloadForgetsIsFound() {
        var key = key("log.level");

        assertThatThrownBy(() -> assertIsHandedOver(
                        key, reloaded(before(key).config()), reloaded(after(key).config())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("log.level");
    }

    @Test
    void everySpecialValueIsOfAKey() {
        assertThat(sectionKeys().map(Key::path)).containsAll(OtherValues.special());
    }

    private static void assertAllAreRead(Collection<Key> listed, Collection<Key> read) {
        assertThat(read)
                .as("keys that readers ask for, and keys that are listed")
                .extracting(Key::path)
                .containsExactlyInAnyOrderElementsOf(
                        listed.stream().map(Key::path).toList());
    }

    private static void assertIsHandedOver(Key key, List<Object> before, List<Object> after) {
        assertThat(after)
                .as("%s is marked as reloadable, but a reload hands nothing over when it changes", key.path())
                .isNotEqualTo(before);
    }

    /** All that a running gateway gets from a reload, as {@code Gateway} hands it over. */
    private static List<Object> reloaded(GatewayConfig config) {
        var parts = new ArrayList<Object>();
        parts.add(config.admin().lameduck());
        if (config.role().translates()) {
            parts.add(config.modeSettings(NextHopMtus.UNLIMITED));
            parts.add(config.operation().metrics());
        }
        if (config.role().answersDns()) {
            var dns64 = config.dns64();
            parts.addAll(List.of(
                    config.clients(), dns64.upstreams(), dns64.policy(), dns64.synthesizesOwn(), dns64.probed()));
        }
        return parts;
    }

    private static LoadedConfig before(Key key) {
        return ConfigFile.parse("before", OtherValues.of(key).before());
    }

    private static LoadedConfig after(Key key) {
        return ConfigFile.parse("after", OtherValues.of(key).after());
    }

    private static Key key(String path) {
        return sectionKeys().filter(key -> key.path().equals(path)).findFirst().orElseThrow();
    }

    private static Stream<Key> sectionKeys() {
        return AllKeys.SECTIONS.stream().flatMap(keys -> keys.all().stream());
    }

    static Stream<String> paths() {
        return comparedKeys().map(Key::path);
    }

    /** Not those that say where values are: the values are compared. */
    private static Stream<Key> comparedKeys() {
        return sectionKeys().filter(key -> !ConfigFile.FILE_KEYS.contains(key.path()));
    }

    static Stream<String> reloadedPaths() {
        return comparedKeys()
                .filter(key -> key.about().onChange() == OnChange.RELOAD)
                .map(Key::path);
    }
}
