// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nat64.gateway.host.SharedAddress.Rules;
import nat64.gateway.json.Json;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedAddressTest {

    private static final PortRange PORTS = new PortRange(36_864, 65_534);
    private static final SharedAddress SHARED = shared(
            PORTS,
            HostPorts.of(IntStream.of(51_820)),
            List.of(
                    binding(Protocol.TCP, "192.0.2.10", 443),
                    binding(Protocol.TCP, "192.0.2.10", 40_000),
                    binding(Protocol.UDP, "203.0.113.1", 53),
                    binding(Protocol.ICMP, "192.0.2.10", 7)));

    @Test
    void leadsItsPortsAndThoseOfStaticBindingsToTheTranslator() {
        assertThat(SHARED.rules())
                .containsExactly(
                        "to 192.0.2.10 fwmark 0x20000000/0x20000000 lookup local",
                        "to 192.0.2.10 fwmark 0x10000000/0x10000000 lookup 6464",
                        "to 192.0.2.10 fwmark 0x10000000/0x10000000 blackhole",
                        "to 192.0.2.10 iif lo lookup local",
                        "to 192.0.2.10 ipproto tcp dport 36864-65534 lookup 6464",
                        "to 192.0.2.10 ipproto tcp dport 36864-65534 blackhole",
                        "to 192.0.2.10 ipproto tcp dport 443 lookup 6464",
                        "to 192.0.2.10 ipproto tcp dport 443 blackhole",
                        "to 192.0.2.10 ipproto udp dport 36864-65534 lookup 6464",
                        "to 192.0.2.10 ipproto udp dport 36864-65534 blackhole");
    }

    @Test
    void theTableKnowsTheSamePorts() {
        assertThat(SHARED.script("nat64", "nat64_own"))
                .contains("elements = { 36864-65534, 443 }", "elements = { 36864-65534 }", "icmp id { 7 }")
                .contains("th dport { 51820 } accept")
                .contains("ip daddr 192.0.2.10 goto ours");
        assertThat(shared(PORTS, HostPorts.NONE, List.of()).script("nat64", "nat64_own"))
                .doesNotContain("th dport {", "icmp id {");
    }

    @Test
    void noRuleHasAPortThatTheKernelRefuses() {
        var all = shared(new PortRange(1024, 65_535), HostPorts.NONE, List.of(binding(Protocol.UDP, "192.0.2.10", 53)));
        assertThat(all.rules())
                .contains("to 192.0.2.10 ipproto udp dport 1024-65534 lookup 6464")
                .contains("to 192.0.2.10 ipproto udp dport 53 lookup 6464");
    }

    @Test
    void theRuleOfTheLocalTableIsNeverMissing() {
        assertThat(commands(new Rules(List.of(), List.of(), true)))
                .startsWith("rule add preference 0 to 192.0.2.10 fwmark 0x20000000/0x20000000 lookup local protocol 64")
                .endsWith(
                        "rule add preference 1 lookup local protocol 64",
                        "rule delete preference 0 from all lookup local protocol kernel",
                        "rule add preference 0 lookup local protocol kernel",
                        "rule delete preference 1 lookup local protocol 64");
        assertThat(commands(new Rules(List.of(), List.of(), false)))
                .allMatch(command -> command.startsWith("rule add preference 0 to 192.0.2.10 "));
    }

    @Test
    void rulesThatAreThereStay() {
        assertThat(commands(new Rules(SHARED.rules(), List.of(), true))).isEmpty();
        var allButTheLast = SHARED.rules().subList(0, SHARED.rules().size() - 1);
        assertThat(commands(new Rules(allButTheLast, List.of("to 192.0.2.9 iif lo lookup local"), false)))
                .containsExactly(
                        "rule add preference 0 " + SHARED.rules().getLast() + " protocol 64",
                        "rule delete preference 0 to 192.0.2.9 iif lo lookup local protocol 64");
    }

    @Test
    void rulesInAnotherOrderAreMadeAnew() {
        var first = SHARED.rules().getFirst();
        int count = SHARED.rules().size();
        assertThat(commands(new Rules(SHARED.rules().subList(1, count), List.of(), false)))
                .startsWith("rule delete preference 0 " + SHARED.rules().get(1) + " protocol 64")
                .contains("rule add preference 0 " + first + " protocol 64")
                .hasSize(count - 1 + count);
    }

    private static List<String> commands(Rules there) {
        return ((Step.Batch) SHARED.setRules(there)).commands();
    }

    @Test
    void readsWhatIpPrints() {
        var rules = Json.parse("""
                [{"priority":0,"dst":"192.0.2.10","fwmark":"0x1","fwmask":"0x1","table":"6464","protocol":"64"},
                 {"priority":0,"src":"all","dst":"192.0.2.10","iif":"lo","table":"local","protocol":"64"},
                 {"priority":0,"src":"all","dst":"192.0.2.9","iif":"lo","table":"local"},
                 {"priority":0,"src":"all","dst":"192.0.2.10","ipproto":"tcp","dport_start":36864,"dport_end":65534,
                  "table":"6464","protocol":"64"},
                 {"priority":0,"dst":"192.0.2.10","ipproto":"tcp","dport":443,"table":"6464","protocol":"64"},
                 {"priority":0,"src":"all","table":"local"},
                 {"priority":0,"dst":"192.0.2.10","ipproto":"udp","dport":53,"action":"blackhole","protocol":"64"},
                 {"priority":32766,"src":"all","table":"main"}]
                """);
        assertThat(Rules.of(rules))
                .isEqualTo(new Rules(
                        List.of(
                                "to 192.0.2.10 fwmark 0x1/0x1 lookup 6464",
                                "to 192.0.2.10 iif lo lookup local",
                                "to 192.0.2.10 ipproto tcp dport 36864-65534 lookup 6464",
                                "to 192.0.2.10 ipproto tcp dport 443 lookup 6464"),
                        List.of("to 192.0.2.10 ipproto udp dport 53 blackhole"),
                        true));
        assertThat(Rules.of(Json.parse("""
                [{"priority":1000,"src":"all","table":"local"}]
                """)).isLocalFirst()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | 36864-65534",
                "8080,9100-9110  | 8080,9100-9110,36864-65534",
                "30000-65535     | 30000-65535",
                "36864-50000,50001-65534 | 36864-50000,50001-65534",
                "36864-50000     | 36864-50000,36864-65534",
            })
    void keepsItsPortsBackBesideThoseOfOthers(String before, String after) {
        assertThat(SHARED.reserved(before)).isEqualTo(after);
        assertThat(SHARED.reserves(after)).isTrue();
    }

    private static SharedAddress shared(PortRange ports, HostPorts inUse, List<StaticBinding> bindings) {
        var prefix = new Ipv4Prefix(Ipv4Address.parse("192.0.2.10"), 32);
        return SharedAddress.of(new Pool4Range(prefix, ports, Optional.of(inUse)), bindings);
    }

    private static StaticBinding binding(Protocol protocol, String address, int port) {
        return new StaticBinding(protocol, Ipv6Address.parse("2001:db8:1::2"), 80, Ipv4Address.parse(address), port);
    }
}
