// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.gateway.config.file.KeyChange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigChangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role: translator | role",
                "translator: {max-sessions: 1000} | translator.max-sessions",
                "translator: {masquerade: false} | translator.masquerade",
                "translator: {device: {offload: false}} | translator.device.offload",
                "dns64: {listen: ['127.0.0.1:5353']} | dns64.listen",
                "dns64: {threads: 1} | dns64.threads",
                "dns64: {cache-size: 1Mi} | dns64.cache-size",
                "dns64: {serve-stale: 0s} | dns64.serve-stale",
                "dns64: {query-log: {queries: all}} | dns64.query-log.queries",
                "dns64: {udp-responses-per-second: 5} | dns64.udp-responses-per-second",
                "admin: {listen: '127.0.0.1:1'} | admin.listen",
                "log: {level: debug} | log.level",
                "config: {watch: true} | config.watch",
            })
    @Tag("R-134")
    void namesWhatNeedsARestart(String changed, String key) {
        var problems = between("", changed).problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.text()).contains("needs a restart");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pref64: [2001:db8::/96]",
                "clients: [2001:db8::/32]",
                "translate-non-global: true",
                "translator: {pool4: [{prefix: 192.0.2.0/28}], untranslated: [198.51.100.0/24]}",
                "translator: {mss-clamp: 1200, mtu: {ipv6: 1500}, lifetimes: {udp: 3m}, subscribers: {max-ports: 9}}",
                "dns64: {upstreams: [192.0.2.1], forward: {corp.example: [192.0.2.2]}}",
                "dns64: {domains: [{name: example.org, mode: never}], synthesize-on: [nodata]}",
                "dns64: {views: [{name: a, clients: [2001:db8::/32], synthesize: false}]}",
                "dns64: {upstream-timeout: 2s, upstream-policy: fastest, exclude: ['2001:db8::/32']}",
                "admin: {lameduck: 5s}",
            })
    void acceptsWhatARunningGatewayCanUse(String changed) {
        var changes = between("", changed);

        assertThat(changes.needingRestart()).isEmpty();
        assertThat(changes.reloadable()).isNotEmpty();
    }

    @Test
    void needsNoRestartForAHalfThatDoesNotRun() {
        assertThat(between("role: dns64", "role: dns64\ntranslator: {max-sessions: 9}")
                        .needingRestart())
                .isEmpty();
        assertThat(between("role: translator", "role: translator\ndns64: {threads: 9}")
                        .needingRestart())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "translator: {mtu: {ipv4: 1400}} | translator: {mtu: {ipv4: '1400'}}",
                "dns64: {views: [{name: a, clients: [10.1.1.1]}]} | dns64: {views: [{clients: [10.1.1.1], name: a}]}",
                "translator: {port-hold: 2m} | translator: {port-hold: 120s}",
                "clients: ['2001:DB8::/32'] | clients: [2001:db8:0::/32]",
                "role: both | translator: ~",
            })
    void findsNothingWhereBothMeanTheSame(String one, String other) {
        var changes = between(one, other);

        assertThat(changes.reloadable()).isEmpty();
        assertThat(changes.needingRestart()).isEmpty();
    }

    @Test
    void showsTheOldAndTheNewValue() {
        assertThat(lines("", "translator: {lifetimes: {udp: 10m}}"))
                .containsExactly("translator.lifetimes.udp: 5m -> 10m");
    }

    @Test
    void showsWhichItemsAreAddedAndRemoved() {
        assertThat(lines("""
                        translator: {pool4: [{prefix: 192.0.2.0/28}, {prefix: 198.51.100.0/28, ports: 5-9}]}""", """
                        translator: {pool4: [{prefix: 198.51.100.0/28, ports: 5-9}, {prefix: 203.0.113.0/28}]}"""))
                .containsExactly(
                        "translator.pool4: 1 removed, 1 added",
                        "  - {prefix: 192.0.2.0/28}",
                        "  + {prefix: 203.0.113.0/28}");
    }

    @Test
    void showsAnotherOrderAsAWhole() {
        assertThat(lines("pref64: [2001:db8::/96, 2001:db8:1::/96]", "pref64: [2001:db8:1::/96, 2001:db8::/96]"))
                .containsExactly("pref64: [2001:db8::/96, 2001:db8:1::/96] -> [2001:db8:1::/96, 2001:db8::/96]");
    }

    @Test
    void showsAChangedZone() {
        assertThat(lines("dns64: {forward: {a.example: [192.0.2.1]}}", "dns64: {forward: {a.example: [192.0.2.2]}}"))
                .containsExactly(
                        "dns64.forward: 1 removed, 1 added",
                        "  - a.example: [192.0.2.1]",
                        "  + a.example: [192.0.2.2]");
    }

    private static List<String> lines(String running, String next) {
        return between(running, next).reloadable().stream()
                .map(KeyChange::lines)
                .flatMap(List::stream)
                .toList();
    }

    private static ConfigChanges between(String running, String next) {
        return ConfigChanges.between(ConfigFile.parse("r", running), ConfigFile.parse("f", next));
    }
}
