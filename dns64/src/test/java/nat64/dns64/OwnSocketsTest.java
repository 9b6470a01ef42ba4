// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.TlsSettings;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.UpstreamSettings;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OwnSocketsTest {

    private static final InetAddress OWN = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OWN_V6 = InetAddress.ofLiteral("2001:db8::1");
    private static final InetAddress FOREIGN = InetAddress.ofLiteral("198.51.100.1");

    @Test
    @Tag("R-119")
    void refusesAnAddressOfTheHostBehindAWildcard() {
        assertThatThrownBy(() -> check("0.0.0.0", UpstreamServer.plain(new InetSocketAddress(OWN, 53))))
                .hasMessageContaining("would come back")
                .hasMessageContaining("name another resolver");
        assertThatThrownBy(() -> check("::", UpstreamServer.plain(new InetSocketAddress(OWN_V6, 53))))
                .hasMessageContaining("would come back");
    }

    @Test
    @Tag("R-119")
    void knowsThatTheWildcardOfIpv6IsForIpv4Too() {
        assertThatThrownBy(() -> check("::", UpstreamServer.plain(new InetSocketAddress(OWN, 53))))
                .hasMessageContaining("192.0.2.1:53");
        assertThatCode(() -> check("0.0.0.0", UpstreamServer.plain(new InetSocketAddress(OWN_V6, 53))))
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("R-119")
    void takesAnotherPortAndAnotherHost() {
        assertThatCode(() -> check("::", UpstreamServer.plain(new InetSocketAddress(OWN, 5353))))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("::", UpstreamServer.plain(new InetSocketAddress(FOREIGN, 53))))
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("R-119")
    void refusesOurOwnEncryptedTransports() {
        assertThatThrownBy(() -> check("::", UpstreamServer.tls(new InetSocketAddress(OWN, 853), "")))
                .hasMessageContaining("tls://192.0.2.1:853");
        assertThatThrownBy(() -> check("::", UpstreamServer.https(new InetSocketAddress(OWN, 443), "", "/dns-query")))
                .hasMessageContaining("https://192.0.2.1:443");
        assertThatCode(() -> check("::", UpstreamServer.tls(new InetSocketAddress(OWN, 443), "")))
                .doesNotThrowAnyException();
    }

    @Test
    void knowsTheLoopbackOfThisHost() {
        assertThat(OwnSockets.isOfThisHost(InetAddress.ofLiteral("127.0.0.9"))).isTrue();
        assertThat(OwnSockets.isOfThisHost(FOREIGN)).isFalse();
    }

    private static void check(String wildcard, UpstreamServer upstream) throws Exception {
        var any = InetAddress.ofLiteral(wildcard);
        var tls = new TlsSettings(
                Path.of("/certificate"),
                Path.of("/key"),
                List.of(new InetSocketAddress(any, 853)),
                List.of(new InetSocketAddress(any, 443)),
                "/dns-query",
                Optional.empty());
        var settings = new Dns64Settings(
                List.of(new InetSocketAddress(any, 53)),
                List.of(),
                List.of(),
                UpstreamSettings.of(List.of(upstream), Duration.ofSeconds(1)),
                Policy.of(List.of(Pref64.WELL_KNOWN)),
                List.of(),
                0,
                1,
                QueryLogSettings.OFF,
                new ServingSettings(Optional.of(tls), Optional.empty(), 0));
        new OwnSockets(settings, address -> !address.equals(FOREIGN)).refuseAsUpstreams();
    }
}
