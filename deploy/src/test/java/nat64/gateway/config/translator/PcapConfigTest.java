// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.ConfigException;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a device of type pcap. */
class PcapConfigTest {

    private static final String PCAP = """
            translator:
              pool4: [{prefix: 192.0.2.64/29}]
              device:
                type: pcap
                ipv6-interface: eth0
                ipv4-interface: eth1
            """;

    @Test
    void isATunDeviceByDefault() {
        var device = load("").config().translator().device();

        assertThat(device.type()).isEqualTo(DeviceType.TUN);
        assertThat(device.description()).isEqualTo("device nat64");
    }

    @Test
    void readsInterfacesAndUsesTheRoutesOfTheKernel() {
        var device = load(PCAP).config().translator().device();

        assertThat(device.type()).isEqualTo(DeviceType.PCAP);
        assertThat(device.pcap()).isEqualTo(new PcapConfig("eth0", "eth1", new AutoOr.Auto<>(), new AutoOr.Auto<>()));
        assertThat(device.description()).isEqualTo("interfaces eth0 and eth1");
    }

    @Test
    void readsGatewaysOnTheLinks() {
        var pcap = load(PCAP + "    ipv6-gateway: fe80::1\n    ipv4-gateway: 192.0.2.1\n")
                .config()
                .translator()
                .device()
                .pcap();

        assertThat(pcap.ipv6Gateway()).isEqualTo(new AutoOr.Given<>(Ipv6Address.parse("fe80::1")));
        assertThat(pcap.ipv4Gateway()).isEqualTo(new AutoOr.Given<>(Ipv4Address.parse("192.0.2.1")));
    }

    @Test
    void hidesNoPool4() {
        var loaded = load(PCAP);

        assertThat(loaded.config().translator().stateful().masquerade()).isFalse();
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void warnsOfTheDefaultPool4() {
        var loaded = load("translator: {device: {type: pcap, ipv6-interface: eth0, ipv4-interface: eth0}}");

        assertThat(loaded.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString()).contains("set translator.pool4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: pcap, ipv4-interface: eth1} | translator.device.ipv6-interface",
                "{type: pcap, ipv6-interface: eth0} | translator.device.ipv4-interface",
                "{type: tap}                        | tap is not known; write one of: tun, pcap",
                "{ipv6-interface: 'a b'}            | is not a device name",
                "{ipv6-gateway: 192.0.2.1}          | not an IPv6 address: 192.0.2.1, nor auto",
                "{ipv4-gateway: fe80::1}            | nor auto"
            })
    void saysWhatIsWrong(String device, String expected) {
        assertThatThrownBy(() -> load("translator: {device: " + device + "}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void refusesToHidePool4() {
        assertThatThrownBy(() -> load(PCAP + "  masquerade: true\n"))
                .hasMessageContaining("translator.masquerade")
                .hasMessageContaining("remove it");
    }

    @Test
    void refusesAClat() {
        assertThatThrownBy(() -> load(PCAP + "  mode: clat\n  clat: {ipv6: 2001:db8::c1a7}\n"))
                .hasMessageContaining("set it to tun");
    }

    @Test
    void tellsWhatTheGatewayWouldDo() {
        assertThat(ConfigSummary.of(load(PCAP).config())).anyMatch(line -> line.contains("interfaces eth0 and eth1"));
    }

    private static LoadedConfig load(String yaml) {
        return ConfigFile.parse("nat64.yaml", yaml);
    }
}
