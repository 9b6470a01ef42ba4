// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be used but is dangerous or does nothing. */
class ConfigWarningsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void warnsOf(String name, String text, String start) {
        assertThat(ConfigFile.parse("f", text.replace("|", "\n")).warnings())
                .singleElement()
                .asString()
                .startsWith(start);
    }

    static Stream<Arguments> warnsOf() {
        return Stream.of(clients(), translation(), halves()).flatMap(List::stream);
    }

    private static List<Arguments> clients() {
        return List.of(
                arguments(
                        "everybody in IPv6",
                        "clients: [\"::/0\"]",
                        "f:1: clients: ::/0 lets hosts of the whole Internet"),
                arguments("all of global IPv6", "clients: [\"2000::/3\"]", "f:1: clients: 2000::/3 lets hosts"),
                arguments("everybody in IPv4", "clients: [auto, 0.0.0.0/0]", "f:1: clients: 0.0.0.0/0 lets hosts"),
                arguments(
                        "a view of hosts that are refused",
                        "clients: [\"2001:db8:1::/48\"]|dns64:|  views:|    - {name: x, clients: [\"2001:db8:2::/64\"]}",
                        "f:4: dns64.views: 2001:db8:2::/64 is not among the clients of this gateway; hosts there are"
                                + " refused; add it"),
                arguments(
                        "a view of hosts that may be attached",
                        "dns64: {views: [{name: x, clients: [10.0.0.0/8, \"2001:db8:2::/64\"]}]}",
                        "f:1: dns64.views: 2001:db8:2::/64 is not among the clients of this gateway; hosts there are"
                                + " refused unless their network is attached to this host; add it"));
    }

    private static List<Arguments> translation() {
        return List.of(
                arguments(
                        "non-global in the Well-Known Prefix",
                        "translate-non-global: true",
                        "f:1: translate-non-global: 64:ff9b::/96 must not carry"),
                arguments(
                        "inert translate-non-global",
                        "pref64: [\"2001:db8::/96\"]|translate-non-global: true",
                        "f:2: translate-non-global: does nothing"),
                arguments(
                        "private pool4 in the open",
                        "translator: {masquerade: false}",
                        "f:1: translator.masquerade: pool4 100.64.64.0/29 is not global"),
                arguments(
                        "public pool4 hidden",
                        "translator:|  pool4:|    - prefix: 8.8.8.0/29",
                        "f:3: translator.pool4.prefix: 8.8.8.0/29 is global but masqueraded"));
    }

    private static List<Arguments> halves() {
        return List.of(
                arguments(
                        "remote admin",
                        "admin: {listen: 192.0.2.1:6464, allow-remote: true}",
                        "f:1: admin.listen: every host that reaches"),
                arguments(
                        "socket for all",
                        "admin: {socket-mode: \"0666\"}",
                        "f:1: admin.socket-mode: every user and program of this host can change"),
                arguments(
                        "inert dns64",
                        "role: translator|dns64: {cache-size: 1Mi}",
                        "f:1: role: translator alone answers no queries"),
                arguments(
                        "inert translator",
                        "role: dns64|translator: {max-sessions: 1}",
                        "f:1: role: dns64 alone does not translate"));
    }
}
