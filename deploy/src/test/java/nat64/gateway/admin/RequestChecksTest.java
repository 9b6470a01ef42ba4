// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestChecksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:6464",
                "LOCALHOST",
                "127.0.0.1:6464",
                "192.0.2.1",
                "[::1]:6464",
                "[2001:db8::1]"
            })
    void takesLocalhostAndAddressesForItsOwn(String host) {
        assertThat(RequestChecks.isForOurHost(request(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:6464",
                "localhost.attacker.example",
                "127.0.0.1.attacker.example",
                "1",
                "2130706433",
                "::1",
                "[attacker.example]",
                "[::1",
                "localhost:port",
                "user@localhost",
                ""
            })
    void takesNoOtherNameForItsOwn(String host) {
        assertThat(RequestChecks.isForOurHost(request(host))).isFalse();
    }

    @Test
    void wantsOneHostHeader() {
        var none = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        var two = request("localhost");
        two.headers().add(HttpHeaderNames.HOST, "attacker.example");

        assertThat(RequestChecks.malformed(none).orElseThrow().status()).isEqualTo(400);
        assertThat(RequestChecks.malformed(two).orElseThrow().status()).isEqualTo(400);
        assertThat(RequestChecks.malformed(request("localhost"))).isEmpty();
    }

    @Test
    void letsHttp10GoWithoutHost() {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/");

        assertThat(RequestChecks.malformed(request)).isEmpty();
        assertThat(RequestChecks.isForOurHost(request)).isTrue();
    }

    private static DefaultHttpRequest request(String host) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set(HttpHeaderNames.HOST, host);
        return request;
    }
}
