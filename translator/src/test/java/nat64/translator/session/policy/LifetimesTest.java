// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import nat64.translator.session.policy.Lifetimes.Timer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LifetimesTest {

    @Test
    void startsFromTheValuesOfRfc6146() {
        assertThat(Lifetimes.RFC_6146.of(Timer.UDP)).isEqualTo(Duration.ofMinutes(5));
        assertThat(Lifetimes.RFC_6146.of(Timer.TCP_ESTABLISHED)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    @Tag("C-151")
    @Tag("C-172")
    @Tag("C-185")
    void refusesWhatTheRfcForbids() {
        assertThatThrownBy(() -> with(Duration.ofSeconds(119), Duration.ofHours(2), Duration.ofMinutes(1)))
                .hasMessageContaining("UDP_MIN");
        assertThatThrownBy(() -> with(Duration.ofMinutes(5), Duration.ofMinutes(119), Duration.ofMinutes(1)))
                .hasMessageContaining("TCP_EST");
        assertThatThrownBy(() -> with(Duration.ofMinutes(5), Duration.ofHours(2), Duration.ofSeconds(59)))
                .hasMessageContaining("RFC 5508");
        assertThatThrownBy(() -> with(Duration.ofDays(8), Duration.ofHours(2), Duration.ofMinutes(1)))
                .hasMessageContaining("7d");
    }

    private static Lifetimes with(Duration udp, Duration established, Duration icmp) {
        return Lifetimes.of(Map.of(Timer.UDP, udp, Timer.TCP_ESTABLISHED, established, Timer.ICMP, icmp));
    }
}
