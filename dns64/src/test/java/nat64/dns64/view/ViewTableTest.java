// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.PrefixPolicy;
import nat64.dns64.settings.ViewSettings;
import nat64.dns64.synthesis.AddressMapping;
import nat64.dns64.synthesis.DomainModes;
import nat64.dns64.synthesis.ExclusionSet;
import nat64.dns64.synthesis.View;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTableTest {

    private static final List<Pref64> THREE = Stream.of("2001:db8:a::/96", "2001:db8:b::/96", "2001:db8:c::/96")
            .map(Pref64::parse)
            .toList();
    private static final Pref64 A = THREE.get(0);
    private static final Pref64 B = THREE.get(1);
    private static final Pref64 C = THREE.get(2);

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1::1,   site",
        "2001:db8:1:2::1, lab",
        "2001:db8:2::1,   default",
        "10.1.2.3,        site",
        "10.1.9.3,        lab",
        "192.0.2.1,       default",
    })
    void takesTheViewWithTheLongestPrefixOfTheClient(String client, String expected) {
        var site = view("site", "2001:db8:1::/48", "10.0.0.0/8", PrefixPolicy.ALL);
        var lab = view("lab", "2001:db8:1:2::/64", "10.1.9.0/24", PrefixPolicy.ALL);
        var table = ViewTable.of(new Policy(List.of(site, lab), ViewSettings.of(THREE), List.of(), false), Set.of());

        assertThat(table.of(InetAddress.ofLiteral(client)).view().name()).isEqualTo(expected);
    }

    @Test
    @Tag("R-43")
    void showsAllPrefixesThatWork() {
        var views = new Views(policy(PrefixPolicy.ALL), Set.copyOf(THREE));
        assertThat(prefixes(views, "192.0.2.1")).containsExactly(A, B, C);

        views.withdraw(Set.of(B));

        assertThat(prefixes(views, "192.0.2.1")).containsExactly(A, C);
    }

    @Test
    @Tag("R-43")
    void showsTheFirstPrefixThatWorks() {
        var views = new Views(policy(PrefixPolicy.FIRST_HEALTHY), Set.copyOf(THREE));
        assertThat(prefixes(views, "192.0.2.1")).containsExactly(A);

        views.withdraw(Set.of(A));

        assertThat(prefixes(views, "192.0.2.1")).containsExactly(B);
    }

    @Test
    void keepsAllPrefixesWhenNoneWorks() {
        var views = new Views(policy(PrefixPolicy.ALL), Set.copyOf(THREE));

        views.withdraw(Set.copyOf(THREE));

        assertThat(prefixes(views, "192.0.2.1")).containsExactly(A, B, C);
    }

    @Test
    @Tag("R-43")
    void sharesOutClientsAmongPrefixes() {
        var views = new Views(policy(PrefixPolicy.HASH), Set.copyOf(THREE));

        var clients = clientsByPrefix(views);

        assertThat(clients).hasSize(3);
        assertThat(clients.values()).allSatisfy(own -> assertThat(own).hasSizeBetween(250, 420));
    }

    @Test
    void keepsTheHostsOfANetworkOnOnePrefix() {
        var views = new Views(policy(PrefixPolicy.HASH), Set.copyOf(THREE));
        var seen = new HashSet<List<Pref64>>();
        for (int host = 1; host < 100; host++) {
            seen.add(prefixes(views, "2001:db8:1:2::" + host));
        }

        assertThat(seen).hasSize(1);
    }

    @Test
    void movesOnlyClientsOfThePrefixThatGoes() {
        var views = new Views(policy(PrefixPolicy.HASH), Set.copyOf(THREE));
        var before = clientsByPrefix(views);

        views.withdraw(Set.of(B));

        var after = clientsByPrefix(views);
        assertThat(after).containsOnlyKeys(A, C);
        assertThat(after.get(A)).containsAll(before.get(A));
        assertThat(after.get(C)).containsAll(before.get(C));
    }

    @Test
    void neverGivesTwoViewsTheSameNumber() {
        var site = view("site", "2001:db8:1::/48", "10.0.0.0/8", PrefixPolicy.HASH);
        var views = new Views(new Policy(List.of(site), ViewSettings.of(THREE), List.of(), false), Set.of());
        var seen = new HashMap<Integer, Object>();

        for (int epoch = 0; epoch < 5; epoch++) {
            for (int host = 0; host < 50; host++) {
                for (var client : List.of("10.0.0." + host, "192.0.2." + host)) {
                    var active = views.now().of(InetAddress.ofLiteral(client));
                    var before = seen.putIfAbsent(active.variant(), active.view());
                    assertThat(before).isIn(null, active.view());
                }
            }
            views.withdraw(epoch % 2 == 0 ? Set.of(B) : Set.of());
            assertThat(seen)
                    .doesNotContainKey(
                            views.now().of(InetAddress.ofLiteral("10.0.0.1")).variant());
        }
    }

    @Test
    @Tag("R-84")
    void keepsTtlsLowWhereAnotherPrefixMayHaveToStandIn() {
        var client = InetAddress.ofLiteral("192.0.2.1");
        var watched = new Views(policy(PrefixPolicy.ALL), Set.of(B));
        var unwatched = new Views(policy(PrefixPolicy.ALL), Set.of());
        var alone = new Views(Policy.of(List.of(A)), Set.of(A));

        assertThat(watched.now().of(client).view().maxTtl()).isEqualTo(60);
        assertThat(unwatched.now().of(client).view().maxTtl()).isEqualTo(View.LONGEST_TTL);
        assertThat(alone.now().of(client).view().maxTtl()).isEqualTo(View.LONGEST_TTL);
    }

    private static Map<Pref64, Set<String>> clientsByPrefix(Views views) {
        var clients = new HashMap<Pref64, Set<String>>();
        for (int network = 0; network < 1000; network++) {
            var client = "2001:db8:1:%x::1".formatted(network);
            clients.computeIfAbsent(prefixes(views, client).getFirst(), _ -> new HashSet<>())
                    .add(client);
        }
        return clients;
    }

    private static List<Pref64> prefixes(Views views, String client) {
        return views.now().of(InetAddress.ofLiteral(client)).view().pref64s();
    }

    private static Policy policy(PrefixPolicy policy) {
        return new Policy(List.of(), new ViewSettings(List.of(), List.of(), policy, View.of(THREE)), List.of(), false);
    }

    private static ViewSettings view(String name, String v6, String v4, PrefixPolicy policy) {
        return new ViewSettings(
                List.of(Ipv6Prefix.parse(v6)),
                List.of(Ipv4Prefix.parse(v4)),
                policy,
                new View(
                        name,
                        true,
                        new AddressMapping(THREE, false),
                        ExclusionSet.DEFAULT,
                        Set.of(View.Cause.values()),
                        DomainModes.DEFAULT,
                        View.WithCheckingDisabled.NONE,
                        View.LONGEST_TTL));
    }
}
