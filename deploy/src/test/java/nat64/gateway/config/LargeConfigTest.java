// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nat64.gateway.config.file.ConfigException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists with 100,000 entries take some seconds. Comparing each entry with each would take many minutes, which the
 * limit of time tells apart on a slow machine, too.
 */
@Timeout(value = 2, unit = MINUTES)
class LargeConfigTest {

    private static final int ENTRIES = 100_000;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void canBeUsed(String list, String text) {
        var loaded = ConfigFile.parse("f", text);

        assertThat(loaded.warnings()).hasSizeLessThan(2);
        assertThat(ConfigSummary.of(loaded.config()))
                .hasSizeLessThan(50)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(2000));
    }

    static Stream<Arguments> canBeUsed() {
        return Stream.of(
                arguments("clients", list("clients:", i -> "  - 2001:db8:" + ipv6(i) + "::/64")),
                arguments(
                        "pool4",
                        list("translator:\n  masquerade: false\n  pool4:", i -> "    - {prefix: " + ipv4(i) + "/32}")),
                arguments("untranslated", list("translator:\n  untranslated:", i -> "    - " + ipv4(i) + "/32")),
                arguments("static-bindings", list("translator:\n  static-bindings:", LargeConfigTest::binding)),
                arguments("eam", list("translator:\n  mode: siit\n  stateless:\n    eam:", LargeConfigTest::eam)),
                arguments(
                        "ipv6-hosts",
                        list(
                                "translator:\n  mode: siit\n  stateless:\n    ipv6-hosts:",
                                i -> "      - 64:ff9b::" + ipv6(i) + "/128")),
                arguments("domains", list("dns64:\n  domains:", i -> "    - {name: d" + i + ".example, mode: never}")),
                arguments("exclude", list("dns64:\n  exclude:", i -> "    - 2001:db8:" + ipv6(i) + "::/64")),
                arguments(
                        "ipv4-ranges",
                        list("dns64:\n  ipv4-ranges:", i -> "    - {ipv4: " + ipv4(i) + "/32, pref64: none}")),
                arguments(
                        "clients of a view",
                        "clients: [\"2001:db8::/32\"]\n"
                                + list(
                                        "dns64:\n  views:\n    - name: x\n      clients:",
                                        i -> "        - 2001:db8:" + ipv6(i) + "::/64")),
                arguments("upstreams", list("dns64:\n  upstreams:", i -> "    - " + ipv4(i))),
                arguments("forward", list("dns64:\n  forward:", i -> "    z" + i + ".example: [192.0.2.1]")),
                arguments("listen", list("dns64:\n  listen:", i -> "    - " + ipv4(i) + ":53")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void reportsTheFirstMistakesAndTheNumberOfOthers(String kind, String text) {
        var wrong = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse("f", text));

        assertThat(wrong.problems()).hasSizeBetween(1, 101);
    }

    static Stream<Arguments> reportsTheFirstMistakesAndTheNumberOfOthers() {
        return Stream.of(
                arguments("unknown keys", list("", i -> "key" + i + ": 1")),
                arguments(
                        "unknown keys of items",
                        list("dns64:\n  domains:", i -> "    - {nam" + i + ": example.org, mode: never}")),
                arguments("values that are wrong", list("clients:", i -> "  - x" + i)),
                arguments("values that are the same", list("clients:", _ -> "  - 2001:db8::/64")),
                arguments("too many Pref64s", list("pref64:", i -> "  - 2001:db8:" + ipv6(i) + "::/96")),
                arguments(
                        "too many views",
                        list(
                                "dns64:\n  views:",
                                i -> "    - {name: v" + i + ", clients: [\"2001:db8:" + ipv6(i) + "::/64\"]}")),
                arguments(
                        "probes of no use",
                        list(
                                "dns64:\n  prefix-health:",
                                i -> "    - {pref64: \"2001:db8:" + ipv6(i) + "::/96\", targets: [192.0.2.1]}")),
                arguments(
                        "ranges that overlap",
                        list(
                                "translator:\n  pool4:",
                                i -> "    - {prefix: " + ipv4(i & ~0xffff) + "/" + (16 + i % 16) + "}")));
    }

    private static String binding(int i) {
        return "    - {protocol: tcp, ipv6: \"[2001:db8:%s::1]:80\", ipv4: \"100.64.64.%d:%d\"}"
                .formatted(ipv6(i), i / 60_000, 1024 + i % 60_000);
    }

    private static String eam(int i) {
        return "      - {ipv4: %s/32, ipv6: \"2001:db8:%s::1/128\"}".formatted(ipv4(i), ipv6(i));
    }

    private static String list(String head, IntFunction<String> item) {
        return IntStream.range(0, ENTRIES).mapToObj(item).collect(Collectors.joining("\n", head + "\n", "\n"));
    }

    private static String ipv4(int i) {
        return "20.%d.%d.%d".formatted(i >>> 16, (i >>> 8) & 0xff, i & 0xff);
    }

    private static String ipv6(int i) {
        return "%x:%x".formatted(i >>> 16, i & 0xffff);
    }
}
