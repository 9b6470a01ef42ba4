// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import nat64.gateway.config.ConfigFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressExplanationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "64:ff9b::808:808      | is the IPv4 address 8.8.8.8 inside the Pref64 64:ff9b::/96, the Well-Known Prefix",
                "64:ff9b::8.8.8.8      | translated to IPv4 and go to 8.8.8.8.",
                "[64:ff9b::8.8.8.8]    | translated to IPv4 and go to 8.8.8.8.",
                "64:ff9b::10.1.2.3     | are refused: 10.1.2.3 is private (RFC 1918).",
                "64:ff9b::10.1.2.3     | its address is then 64:ff9b:1:fffe::a01:203.",
                "64:ff9b::127.0.0.1    | are dropped: 127.0.0.1 is loopback",
                "64:ff9b::224.0.0.1    | are dropped: 224.0.0.1 is a multicast group.",
                "::ffff:8.8.8.8        | is an IPv4-mapped address (RFC 4291, section 2.5.5.2)",
                "::ffff:8.8.8.8        | sends IPv4 packets to 8.8.8.8",
                "::ffff:808:808        | From an IPv6-only host use 64:ff9b::808:808, also written 64:ff9b::8.8.8.8.",
                "::ffff:10.0.0.1       | but this is refused (RFC 6052, section 3.1).",
                "8.8.8.8               | is an ordinary global IPv4 address.",
                "8.8.8.8               | From an IPv6-only host use 64:ff9b::808:808",
                "192.168.1.1           | is private (RFC 1918).",
                "127.0.0.1             | There is no IPv6 address for it",
                "255.255.255.255       | is the broadcast address",
                "100.64.64.3           | It is in pool4 (100.64.64.0/29, ports 1024-65535)",
                "::8.8.8.8             | an IPv4-compatible address",
                "2002:c000:201::1      | a 6to4 address (RFC 3056)",
                "2002:c000:201::1      | The IPv4 address in it is 192.0.2.1.",
                "2001::1               | a Teredo address",
                "fd00::1               | a unique local address",
                "fe80::1               | a link-local address",
                "ff02::1               | a multicast group",
                "2001:db8::1           | from the documentation prefix",
                "::1                   | loopback",
                "::                    | the unspecified address",
                "100::1                | discard-only",
                "64:ff9b:1:ffff::1     | this host's own address on the device nat64",
                "64:ff9b:1:ffff::2     | is the translator itself",
                "64:ff9b:1::1          | translators inside one network (RFC 8215)",
                "2620:fe::fe           | an ordinary global IPv6 address.",
                "2620:fe::fe           | go untranslated",
                "5000::1               | not assigned",
            })
    void tells(String address, String line) {
        assertThat(explain("", address)).contains(line);
    }

    @Test
    void saysNothingOfForwardingWhereNothingIsForwarded() {
        assertThat(explain("", "fe80::1")).doesNotContain("untranslated");
    }

    @Test
    void namesTheAddressUnderEachPref64() {
        assertThat(explain("pref64: [64:ff9b::/96, \"2001:db8:122::/48\"]", "::ffff:192.0.2.33"))
                .contains("Under 64:ff9b::/96 it would be 64:ff9b::c000:221, but this is refused")
                .contains("From an IPv6-only host use 2001:db8:122:c000:2:2100::.")
                .doesNotContain("To reach it, add");
    }

    @Test
    void takesNonGlobalAddressesWhereTheConfigurationDoes() {
        assertThat(explain("translate-non-global: true", "64:ff9b::10.1.2.3")).contains("go to 10.1.2.3.");
    }

    @Test
    void namesTheProperFormOfAddressWithSuffix() {
        assertThat(explain("pref64: [\"2001:db8:122::/48\"]", "2001:db8:122:c000:2:2100:dead:beef"))
                .contains("is the IPv4 address 192.0.2.33")
                .contains("The proper form is 2001:db8:122:c000:2:2100::.");
    }

    @Test
    void sendsToTheTranslatorElsewhereWhereOnlyDnsIsAnswered() {
        assertThat(explain("role: dns64", "64:ff9b::8.8.8.8")).contains("only answers DNS");
        assertThat(explain("role: dns64", "100.64.64.3")).doesNotContain("pool4");
    }

    @Test
    void tellsThatThePrefixIsNotConfigured() {
        assertThat(explain("pref64: [\"2001:db8::/96\"]", "64:ff9b::8.8.8.8")).contains("not among the Pref64s");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "64:ff9b::8.8.8.8, TRANSLATED, true",
        "64:ff9b::10.1.2.3, REFUSED, false",
        "64:ff9b::127.0.0.1, DROPPED, false",
        "2620:fe::fe, UNTRANSLATED, true",
        "fd00::1, UNTRANSLATED, false",
        "8.8.8.8, TRANSLATED, true",
        "10.1.2.3, REFUSED, false",
        "224.0.0.1, DROPPED, false",
    })
    void tellsProgramsWhatBecomesOfPackets(String address, ExplainedAddress.Verdict verdict, boolean global) {
        var explained = explained("", address);

        assertThat(explained.verdict()).isEqualTo(verdict);
        assertThat(explained.isGlobal()).isEqualTo(global);
        assertThat(explained("role: dns64", "64:ff9b::8.8.8.8").verdict())
                .isEqualTo(ExplainedAddress.Verdict.ELSEWHERE);
    }

    @ParameterizedTest(name = "/{0}")
    @CsvSource({
        "2001:db8::/32, 2001:db8:c000:221::, prefix*4 ipv4*4 u*1 suffix*7",
        "2001:db8:100::/40, 2001:db8:1c0:2:21::, prefix*5 ipv4*3 u*1 ipv4*1 suffix*6",
        "2001:db8:122::/48, 2001:db8:122:c000:2:2100::, prefix*6 ipv4*2 u*1 ipv4*2 suffix*5",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::, prefix*7 ipv4*1 u*1 ipv4*3 suffix*4",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100::, prefix*8 u*1 ipv4*4 suffix*3",
        "2001:db8:122:344::/96, 2001:db8:122:344::192.0.2.33, prefix*12 ipv4*4",
    })
    void tellsWhereInTheAddressTheIpv4AddressIs(String pref64, String address, String layout) {
        var mapping =
                explained("pref64: [\"" + pref64 + "\"]", address).mapping().orElseThrow();

        assertThat(mapping.other()).isEqualTo("192.0.2.33");
        assertThat(mapping.layout())
                .extracting(part -> part.part() + "*" + part.octets().size())
                .containsExactly(layout.split(" "));
        assertThat(mapping.layout().stream()
                        .filter(part -> part.part().equals("ipv4"))
                        .flatMap(part -> part.octets().stream()))
                .containsExactly("c0", "00", "02", "21");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2001:db8:4::1:5, 192.0.2.5, 192.0.2.0/24 <-> 2001:db8:4::1:0/120",
        "2001:db8:4::1:9, 198.51.100.9, 198.51.100.9/32 <-> 2001:db8:4::1:9/128",
        "192.0.2.5, 2001:db8:4::1:5, 192.0.2.0/24 <-> 2001:db8:4::1:0/120",
    })
    void namesTheLongestMappingThatMatches(String address, String other, String by) {
        var mappings = """
                translator:
                  mode: siit
                  stateless:
                    eam:
                      - {ipv4: 192.0.2.0/24, ipv6: "2001:db8:4::1:0/120"}
                      - {ipv4: 198.51.100.9, ipv6: "2001:db8:4::1:9"}
                """;
        var explained = explained(mappings, address);

        assertThat(explained.verdict()).isEqualTo(ExplainedAddress.Verdict.TRANSLATED);
        assertThat(explained.mapping().orElseThrow())
                .isEqualTo(new ExplainedAddress.Mapping("eam", by, other, List.of()));
        assertThat(explained.lines()).anyMatch(line -> line.contains(by + " (RFC 7757)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "1.2.3", "fe80::1%eth0", "64:ff9b::/96", "[::1"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> explain("", text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String explain(String config, String address) {
        return String.join("\n", explained(config, address).lines());
    }

    private static ExplainedAddress explained(String config, String address) {
        return new AddressExplanation(ConfigFile.parse("f", config).config()).explain(address);
    }
}
