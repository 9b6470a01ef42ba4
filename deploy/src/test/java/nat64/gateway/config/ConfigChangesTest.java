// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

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
                "pref64: [2001:db8::/96] | pref64",
                "clients: [2001:db8::/32] | clients",
                "translate-non-global: true | translate-non-global",
                "translator: {max-sessions: 1000} | translator",
                "dns64: {listen: ['127.0.0.1:5353']} | dns64.listen",
                "dns64: {threads: 1} | dns64.threads",
                "dns64: {cache-size: 1Mi} | dns64.cache-size",
                "dns64: {serve-stale: 0s} | dns64.serve-stale",
                "dns64: {query-log: {queries: all}} | dns64.query-log",
                "dns64: {udp-responses-per-second: 5} | udp-responses-per-second",
                "admin: {lameduck: 5s} | admin",
                "log: {level: debug} | log",
            })
    @Tag("R-134")
    void namesWhatNeedsARestart(String changed, String key) {
        var problems = ConfigChanges.needingRestart(ConfigFile.defaults().config(), ConfigFile.parse("f", changed));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).contains(key);
            assertThat(problem.text()).contains("restart it");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns64: {upstreams: [192.0.2.1], forward: {corp.example: [192.0.2.2]}}",
                "dns64: {domains: [{name: example.org, mode: never}], synthesize-on: [nodata]}",
                "dns64: {views: [{name: a, clients: [2001:db8::/32], synthesize: false}]}",
                "dns64: {upstream-timeout: 2s, upstream-policy: fastest, exclude: ['2001:db8::/32']}",
            })
    void letsThroughWhatADns64CanTakeOver(String changed) {
        assertThat(ConfigChanges.needingRestart(ConfigFile.defaults().config(), ConfigFile.parse("f", changed)))
                .isEmpty();
    }

    @Test
    void letsADns64AloneServeOtherClients() {
        var running = ConfigFile.parse("f", "role: dns64").config();

        assertThat(ConfigChanges.needingRestart(
                        running,
                        ConfigFile.parse("f", "{role: dns64, clients: [2001:db8::/32], pref64: [2001:db8::/96]}")))
                .isEmpty();
    }

    @Test
    void findsNothingInTheSameFile() {
        var text = "translator: {mtu: {ipv4: 1400}}\ndns64: {views: [{name: a, clients: [2001:db8::/32]}]}";

        assertThat(ConfigChanges.needingRestart(ConfigFile.parse("f", text).config(), ConfigFile.parse("f", text)))
                .isEmpty();
    }
}
