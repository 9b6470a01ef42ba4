// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.file.ConfigException;
import nat64.translator.SiitSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatelessConfigTest {

    private static final String SIIT = """
            role: translator
            pref64: ["2001:db8:64::/96"]
            translator:
              mode: siit
              stateless:
                eam:
                  - {ipv4: 192.0.2.1, ipv6: "2001:db8:aaaa::"}
                  - {ipv4: 192.0.2.16/28, ipv6: 2001:db8:cccc::/124}
                ipv6-hosts: ["2001:db8:64::c633:6400/120"]
                icmp-sources: [203.0.113.4/31]
                translator-ipv4: 203.0.113.9
                interface-information: false
                hairpinning: simple
                udp-without-checksum: compute
            """;

    private static final String CLAT = """
            role: translator
            translator: {mode: clat, clat: {ipv6: "2001:db8:1::c1a7"}}
            """;

    @Test
    void keepsStateByDefault() {
        assertThat(ConfigFile.parse("f", "clients: [2001:db8::/32]").config().modeSettings(NextHopMtus.UNLIMITED))
                .isInstanceOf(TranslatorSettings.class);
    }

    @Test
    void readsEveryKeyOfTheStatelessMode() {
        var loaded = ConfigFile.parse("f", SIIT);
        assertThat(loaded.warnings()).isEmpty();
        var settings = (SiitSettings) loaded.config().modeSettings(NextHopMtus.UNLIMITED);
        assertThat(settings.eams())
                .containsExactly(
                        Eam.parse("192.0.2.1", "2001:db8:aaaa::"), Eam.parse("192.0.2.16/28", "2001:db8:cccc::/124"));
        assertThat(settings.ipv6Hosts()).containsExactly(Ipv6Prefix.parse("2001:db8:64::c633:6400/120"));
        assertThat(settings.ipv4Hosts()).containsExactly(Ipv4Prefix.parse("0.0.0.0/0"));
        assertThat(settings.icmpSources()).containsExactly(Ipv4Prefix.parse("203.0.113.4/31"));
        assertThat(settings.ownIpv4Address()).isEqualTo(Ipv4Address.parse("203.0.113.9"));
        assertThat(settings.interfaceInformation()).isFalse();
        assertThat(settings.hairpinning()).isEqualTo(EamHairpinning.SIMPLE);
        assertThat(settings.computeUdpChecksum()).isTrue();
        assertThat(ConfigSummary.of(loaded.config())).contains("map 192.0.2.1/32 <-> 2001:db8:aaaa::/128");
    }

    @Test
    void makesAClatATranslatorWithOneMapping() {
        var loaded = ConfigFile.parse("f", CLAT);
        assertThat(loaded.warnings()).isEmpty();
        var settings = (SiitSettings) loaded.config().modeSettings(NextHopMtus.UNLIMITED);
        assertThat(settings.eams()).containsExactly(Eam.parse("192.0.0.1", "2001:db8:1::c1a7"));
        assertThat(settings.ipv6Hosts()).containsExactly(Ipv6Prefix.parse("64:ff9b::/96"));
        assertThat(settings.ipv4Hosts()).isEmpty();
        assertThat(settings.ownAddress()).hasToString("2001:db8:1::c1a7");
        assertThat(settings.ownIpv4Address()).as("the first of icmp-sources").isEqualTo(Ipv4Address.parse("192.0.0.8"));
        assertThat(settings.hairpinning()).isEqualTo(EamHairpinning.OFF);
        assertThat(ConfigSummary.of(loaded.config()).getFirst())
                .isEqualTo(
                        "translate this host's IPv4 address 192.0.0.1/32 to 2001:db8:1::c1a7/128, and reach all others"
                                + " through the NAT64 at 64:ff9b::/96");
    }

    @Test
    @Tag("C-111")
    void needsNoPref64IfAllHostsHaveMappings() {
        var loaded = ConfigFile.parse("f", """
                role: translator
                pref64: []
                translator:
                  mode: siit
                  stateless:
                    eam:
                      - {ipv4: 192.0.2.1, ipv6: "2001:db8:aaaa::1"}
                      - {ipv4: 198.51.100.0/24, ipv6: "2001:db8:64::/120", hosts: ipv4}
                """);
        assertThat(loaded.warnings()).isEmpty();
        var config = loaded.config();
        var settings = (SiitSettings) config.modeSettings(NextHopMtus.UNLIMITED);
        assertThat(settings.pref64s()).isEmpty();
        assertThat(settings.eams()).hasSize(2);
        assertThat(config.ipv6Routes()).containsExactly(Ipv6Prefix.parse("2001:db8:64::/120"));
        assertThat(config.translator().stateless().ipv6Eams())
                .containsExactly(Eam.parse("192.0.2.1", "2001:db8:aaaa::1"));
        assertThat(ConfigSummary.of(config).getFirst())
                .isEqualTo("translate addresses with a mapping to IPv4 without state");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "both ! mode: siit ! f:2: pref64: is empty",
                "dns64 ! mode: siit ! f:2: pref64: is empty",
                "translator ! mode: nat64 ! f:2: pref64: is empty",
                "translator ! mode: clat, clat: {ipv6: '2001:db8:1::1'} ! f:2: pref64: is empty",
                "translator ! mode: siit ! f:3: translator.mode: no IPv6 host has an IPv4 address",
                "translator ! mode: siit, stateless: {hairpinning: simple, eam: [{ipv4: 192.0.2.1, ipv6:"
                        + " '2001:db8::1'}]} ! f:3: translator.stateless.hairpinning: simple needs a Pref64",
            })
    void needsAPref64Otherwise(String role, String keys, String message) {
        assertThatThrownBy(() -> ConfigFile.parse("f", "role: " + role + "\npref64: []\ntranslator: {" + keys + "}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "mode: siit, stateless: {translator-ipv4: 192.0.2.1, eam: [{ipv4: 192.0.2.0/24, ipv6:"
                        + " '2001:db8::/120'}]} ! 192.0.2.1 is the translator's own address",
                "mode: clat, clat: {ipv4: 192.0.0.0/28, ipv6: '2001:db8::/124'} ! set translator.stateless.translator-ipv4",
                "mode: siit, stateless: {translator-ipv4: 127.0.0.1, eam: [{ipv4: 192.0.2.1, ipv6: '2001:db8::1'}]} !"
                        + " 127.0.0.1 is never routed",
                "mode: siit, stateless: {eam: [{ipv4: 192.0.2.1, ipv6: 'fe80::1'}]} ! fe80::1 is never routed",
                "mode: clat ! f:2: translator.mode: a CLAT needs its own IPv6 address",
                "mode: clat, clat: {ipv6: '64:ff9b::7'} ! 64:ff9b::7/128 is inside the Pref64",
                "mode: clat, clat: {ipv4: 10.0.0.0/8, ipv6: '2001:db8::/120'} ! make the IPv6 prefix /104 or shorter",
                "mode: clat, clat: {ipv6: '2001:db8::1'}, stateless: {eam: [{ipv4: 192.0.2.1, ipv6: '2001:db8::2'}]} !"
                        + " remove eam and ipv6-hosts",
                "mode: siit ! f:2: translator.mode: no IPv6 host has an IPv4 address; list the hosts",
                "mode: siit, stateless: {eam: [{ipv4: 127.0.0.1, ipv6: '2001:db8::1'}]} ! 127.0.0.1 is never routed",
                "mode: siit, stateless: {eam: [{ipv4: 192.0.2.1}]} ! translator.stateless.eam: has no ipv6",
                "mode: siit, stateless: {ipv6-hosts: ['2001:db8::/64']} ! is not inside a Pref64",
                "mode: siit, stateless: {eam: [{ipv4: 192.0.2.1, ipv6: '2001:db8::1'}, {ipv4: 192.0.2.1, ipv6:"
                        + " '2001:db8::2'}]} ! has the same prefix as 192.0.2.1/32 <-> 2001:db8::1/128 in line 2",
            })
    @Tag("C-111")
    @Tag("C-118")
    void refusesWhatCannotWork(String keys, String message) {
        assertThatThrownBy(() -> ConfigFile.parse("f", "role: translator\ntranslator: {" + keys + "}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "mode: siit, stateless: {eam: [{ipv4: 192.0.2.0/24, ipv6: '2001:db8::/120'}, {ipv4: 192.0.2.1, ipv6:"
                        + " '2001:db8:2::2'}]} ! overlaps 192.0.2.0/24 <-> 2001:db8::/120 in line 2",
                "clat: {ipv4: 192.0.0.2} ! translator.stateless and translator.clat do nothing",
            })
    @Tag("C-118")
    void warnsOfWhatIsSeldomMeant(String keys, String message) {
        assertThat(ConfigFile.parse("f", "role: translator\ntranslator: {" + keys + "}")
                        .warnings())
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void warnsOfADns64BesideAClat() {
        assertThat(ConfigFile.parse("f", CLAT.replace("role: translator", "role: both"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("set role: translator");
    }
}
