// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "admin: {token: abc123, listen: 1}    | admin: {token: (removed), listen: 1}",
                "  password: \"a b\"                   |   password: (removed)",
                "cookie-secret: 0123abcd   # hex      | cookie-secret: (removed)# hex",
                "token-file: /etc/nat64/token         | token-file: /etc/nat64/token",
                "cookie-secret-file: \"/etc/secret\"  | cookie-secret-file: \"/etc/secret\"",
                "upstream: https://me:pw@192.0.2.1/   | upstream: https://(removed)@192.0.2.1/",
                "upstreams: [192.0.2.1]               | upstreams: [192.0.2.1]",
            })
    void removesWhatOpensSomethingAndKeepsTheRest(String text, String redacted) {
        assertThat(Redaction.of(text)).isEqualTo(redacted);
    }

    @Test
    void removesPrivateKeys() {
        var text = """
                key: |
                  -----BEGIN EC PRIVATE KEY-----
                  MHcCAQEE
                  -----END EC PRIVATE KEY-----
                name: a
                """;

        assertThat(Redaction.of(text)).doesNotContain("MHcCAQEE").contains("name: a");
    }
}
