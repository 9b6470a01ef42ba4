// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "64:ff9b::8.8.8.8, ADDRESS",
        "fe80::1, ADDRESS",
        "192.0.2.1, ADDRESS",
        "www.example.org, NAME",
        "localhost, NAME",
        "1.2.0.192.in-addr.arpa, NAME",
        "udp 192.0.2.1:53 -> 100.64.64.1:9, PACKET",
        "gre 192.0.2.1->100.64.64.1, PACKET",
    })
    void goesByTheForm(String text, Subject subject) {
        assertThat(Subject.of(text)).isEqualTo(subject);
    }
}
