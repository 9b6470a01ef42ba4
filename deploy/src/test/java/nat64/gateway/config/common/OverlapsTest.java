// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.text.Place;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;

class OverlapsTest {

    @Test
    void findsThePrefixAroundAnotherInTheOrderOfTheList() {
        var prefixes = ipv4("10.1.0.0/16", "192.0.2.0/24", "10.0.0.0/8", "10.1.2.0/24");

        assertThat(pairs(prefixes)).containsExactlyInAnyOrder("10.1.0.0/16 10.0.0.0/8", "10.1.0.0/16 10.1.2.0/24");
    }

    @Test
    void findsEqualPrefixes() {
        assertThat(pairs(ipv4("192.0.2.0/24", "198.51.100.0/24", "192.0.2.0/24")))
                .containsExactly("192.0.2.0/24 192.0.2.0/24");
    }

    @Test
    void ordersAddressesWithoutSign() {
        var prefixes = Stream.of("ffff::/16", "1::/16", "ffff:1::/32", "8000::/16")
                .map(Ipv6Prefix::parse)
                .toList();

        var pairs = new ArrayList<String>();
        Overlaps.IPV6.forEach(located(prefixes), Function.identity(), (a, b) -> pairs.add(a.value() + " " + b.value()));
        assertThat(pairs).containsExactly("ffff::/16 ffff:1::/32");
    }

    @Test
    void agreesWithAComparisonOfEachWithEach() {
        var random = new SplittableRandom(4632);
        for (int round = 0; round < 500; round++) {
            var prefixes = random(random);
            var others = random(random);

            boolean some = IntStream.range(0, prefixes.size())
                    .anyMatch(i -> prefixes.subList(0, i).stream().anyMatch(prefixes.get(i)::overlaps));
            assertThat(!pairs(prefixes).isEmpty()).as("%s", prefixes).isEqualTo(some);
            assertThat(Overlaps.IPV4.outside(prefixes, others))
                    .as("%s outside %s", prefixes, others)
                    .isEqualTo(prefixes.stream()
                            .filter(prefix -> others.stream()
                                    .noneMatch(other -> other.length() <= prefix.length() && other.overlaps(prefix)))
                            .toList());
        }
    }

    private static List<Ipv4Prefix> random(SplittableRandom random) {
        return Stream.generate(() -> {
                    int length = random.nextInt(0, 9);
                    return new Ipv4Prefix(
                            (random.nextInt(256) << 24) & (length == 0 ? 0 : -1 << (32 - length)), length);
                })
                .limit(random.nextInt(1, 6))
                .toList();
    }

    private static List<String> pairs(List<Ipv4Prefix> prefixes) {
        var pairs = new ArrayList<String>();
        Overlaps.IPV4.forEach(located(prefixes), Function.identity(), (a, b) -> pairs.add(a.value() + " " + b.value()));
        return pairs;
    }

    private static List<Ipv4Prefix> ipv4(String... prefixes) {
        return Stream.of(prefixes).map(Ipv4Prefix::parse).toList();
    }

    private static <T> List<Located<T>> located(List<T> values) {
        return values.stream()
                .map(value -> new Located<>(value, Place.DEFAULT, "key"))
                .toList();
    }
}
