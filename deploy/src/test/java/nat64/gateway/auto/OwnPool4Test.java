// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.HostPorts;
import nat64.translator.session.pool4.PortRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPool4Test {

    private static final int ADDRESS = Ipv4Address.parse("192.0.2.10");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "translator: {pool4: auto}",
                "translator: {pool4: [{prefix: auto}]}",
                "translator: {masquerade: false}",
                "translator: {static-bindings: [{protocol: tcp, ipv6: \"[2001:db8::5]:80\", ipv4: \"auto:80\"}]}",
            })
    void theHostsOwnAddressIsTheDefault(String yaml) throws Exception {
        assertThat(OwnPool4.isWanted(stateful(yaml))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "translator: {masquerade: true}",
                "translator: {pool4: [{prefix: 100.64.64.0/29}]}",
                "translator: {set-up-host: false}",
                "{role: translator, translator: {mode: siit, stateless: {eam: [{ipv4: 192.0.2.5, ipv6: \"2001:db8::5\"}]}}}",
                "translator: {static-bindings: [{protocol: tcp, ipv6: \"[2001:db8::5]:80\", ipv4: \"100.64.64.1:80\"}]}",
            })
    void otherChoicesAreKept(String yaml) throws Exception {
        assertThat(OwnPool4.isWanted(stateful(yaml))).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"32768 60999, true", "35840 65535, true", "35842 65535, false", "40000 60000, false", "1024 1030, false"
    })
    void programsOfTheHostKeepPorts(String local, boolean areLeft) {
        var ports = new PortRange(36_864, 65_534);
        assertThat(OwnPool4.leavesPorts(ports, local.replace(' ', '\t') + "\n")).isEqualTo(areLeft);
    }

    @Test
    void takesTheAddressWithoutThePortsOfPrograms() throws Exception {
        var inUse = HostPorts.of(IntStream.of(22, 51_820));
        var pool4 = OwnPool4.with(stateful("{}"), ADDRESS, inUse).pool4();

        assertThat(pool4).singleElement().satisfies(range -> {
            assertThat(range.prefix()).isEqualTo(Ipv4Prefix.parse("192.0.2.10/32"));
            assertThat(range.ports()).isEqualTo(new PortRange(36_864, 65_534));
            assertThat(range.hostPorts()).hasValue(HostPorts.of(IntStream.of(51_820)));
        });
    }

    @Test
    void takesThePortsOfTheFile() throws Exception {
        var config = stateful("translator: {pool4: [{prefix: auto, ports: 50000-60000}]}");
        assertThat(OwnPool4.with(config, ADDRESS, HostPorts.NONE)
                        .pool4()
                        .getFirst()
                        .ports())
                .isEqualTo(new PortRange(50_000, 60_000));
    }

    @Test
    void staticBindingsFollowTheAddress() throws Exception {
        var config = stateful(
                "translator: {static-bindings: [{protocol: tcp, ipv6: \"[2001:db8::5]:80\", ipv4: \"auto:80\"}]}");
        assertThat(OwnPool4.with(config, ADDRESS, HostPorts.NONE).boundPolicy().staticBindings())
                .extracting(StaticBinding::ipv4)
                .containsExactly(ADDRESS);
        assertThat(config.boundPolicy().staticBindings())
                .extracting(StaticBinding::ipv4)
                .containsExactly(Ipv4Address.parse("100.64.64.0"));
    }

    private static StatefulConfig stateful(String yaml) throws Exception {
        return ConfigFile.parse("f", yaml).config().translator().stateful();
    }
}
