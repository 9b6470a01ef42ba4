// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void isAnAddressOrANameWithAPortOrNot() {
        assertThat(Target.parse("192.0.2.33")).isEqualTo(new Target("192.0.2.33", 443));
        assertThat(Target.parse("www.example.org:80")).isEqualTo(new Target("www.example.org", 80));
        assertThat(Target.parse("192.0.2.33").isLiteral()).isTrue();
        assertThat(Target.parse("www.example.org").isLiteral()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":80", "a:0", "a:65536", "a:http", "a:", "2001:db8::1"})
    void isNothingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(text))
                .withMessageContaining("'");
    }

    @Test
    void aNameThatIsNoneIsRefusedBeforeAnythingIsSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ClientOptions("example..org", Target.parse("192.0.2.33"), 0x08080808, Optional.empty()))
                .withMessageStartingWith("'example..org' is not a domain name");
    }
}
