// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code nat64 check} says the gateway would do must be what it does. */
class ConfigSummaryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mode: siit, stateless: {eam: [{ipv4: 192.0.2.5, ipv6: \"2001:db8::5\"}]}}",
                "{mode: clat, clat: {ipv6: \"2001:db8::c1a7\"}}",
            })
    void aTranslatorWithoutStateHasNoClientsAndNoNftables(String translator) {
        assertThat(summary("{role: translator, translator: " + translator + "}"))
                .doesNotContain("nftables", "serve ")
                .contains("set addresses, routes and forwarding");
    }

    @Test
    void aRoutedPool4NeedsNoNftables() {
        assertThat(summary("translator: {pool4: [{prefix: 192.0.2.0/28}], masquerade: false}"))
                .contains("set addresses, routes and forwarding")
                .doesNotContain("nftables");
    }

    @Test
    void theHostsOwnAddressAndMasqueradingAreSetUpWithNftables() {
        assertThat(summary("role: both")).contains("own IPv4 address", "one nftables table, and rules");
        assertThat(summary("translator: {masquerade: true}"))
                .contains("masqueraded behind the host's own IPv4 address", "one nftables table\n");
    }

    @Test
    void nothingIsHiddenOnAHostThatTheGatewayDoesNotSetUp() {
        assertThat(summary("translator: {set-up-host: false}"))
                .contains("100.64.64.0/29 ports 1024-65535, which you masquerade", "nftables table are left to you")
                .doesNotContain("own IPv4 address");
    }

    @Test
    void blocksOfPortsAreToldWithTheirNumber() {
        assertThat(summary("translator: {pool4: [{prefix: 192.0.2.0/31}], port-blocks: {size: 512}}"))
                .contains("give ports in blocks of 512, 4 for each subscriber at most; pool4 has 252 blocks");
        assertThat(summary("role: both")).doesNotContain("blocks");
    }

    private static String summary(String text) {
        return String.join("\n", ConfigSummary.of(ConfigFile.parse("f", text).config()));
    }
}
