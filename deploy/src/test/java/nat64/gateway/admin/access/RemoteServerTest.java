// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URL of a gateway on another host. */
class RemoteServerTest {

    @ParameterizedTest
    @CsvSource({
        "https://gateway.example.org,           gateway.example.org, 6466, gateway.example.org:6466",
        "https://gateway.example.org:443/,      gateway.example.org, 443,  gateway.example.org:443",
        "HTTPS://192.0.2.1:7000,                192.0.2.1,           7000, 192.0.2.1:7000",
        "'https://[2001:db8::1]:7000',          2001:db8::1,         7000, '[2001:db8::1]:7000'",
    })
    void isReadFromAUrl(String url, String host, int port, String authority) {
        var server = RemoteServer.of(url, Optional.empty(), Optional.empty());

        assertThat(server.host()).isEqualTo(host);
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://gateway.example.org",
                "gateway.example.org:6466",
                "https://gateway.example.org/api",
                "https://user:secret@gateway.example.org",
                "https://",
                "https:// "
            })
    void isRefusedWhereItIsAnythingElse(String url) {
        assertThatThrownBy(() -> RemoteServer.of(url, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write for example https://gateway.example.org:6466");
    }

    @Test
    void neverTellsItsToken() {
        assertThat(RemoteServer.of("https://192.0.2.1", Optional.empty(), Optional.of("secret")))
                .asString()
                .doesNotContain("secret");
    }
}
