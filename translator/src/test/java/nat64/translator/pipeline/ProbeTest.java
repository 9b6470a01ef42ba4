// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import nat64.translator.TranslatorSettings;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.Lifetimes.Timer;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static final byte[] NO_DATA = {};
    private static final int ACK = 0x10;

    @Test
    @Tag("C-173")
    void asksTheIpv6HostAfterTwoIdleHours() {
        try (var nat64 = new TestTranslator(TestNat64.settings())) {
            establish(nat64);
            assertThat(nat64.pass(Duration.ofSeconds(7199))).isEmpty();
            var probes = nat64.pass(Duration.ofSeconds(2));
            assertThat(probes).hasSize(1);
            var probe = probes.getFirst().assertSound();
            assertThat(probe.source()).isEqualTo(Wire.address(SERVER_IN_PREF64));
            assertThat(probe.sourcePort()).isEqualTo(80);
            assertThat(probe.destination()).isEqualTo(Wire.address(CLIENT));
            assertThat(probe.destinationPort()).isEqualTo(50_000);
            assertThat(probe.octets()).as("no data, no options").hasSize(60);
            assertThat(ByteBuffer.wrap(probe.octets()).getLong(44))
                    .as("sequence, acknowledgment")
                    .isZero();
            assertThat(probe.octets()[53]).isEqualTo((byte) ACK);
        }
    }

    @Test
    @Tag("C-173")
    @Tag("C-177")
    void keepsAConnectionThatAnswersTheProbe() {
        try (var nat64 = new TestTranslator(TestNat64.settings())) {
            establish(nat64);
            nat64.pass(Duration.ofSeconds(7201));
            nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "A", NO_DATA));
            nat64.pass(Duration.ofSeconds(7000));
            assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
        }
    }

    @Test
    @Tag("C-173")
    @Tag("C-177")
    void forgetsAConnectionThatAnswersTheProbeWithAReset() {
        try (var nat64 = new TestTranslator(TestNat64.settings())) {
            establish(nat64);
            nat64.pass(Duration.ofSeconds(7201));
            nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "R", NO_DATA));
            assertThat(nat64.pass(Duration.ofSeconds(241)))
                    .as("no second probe")
                    .isEmpty();
            assertThat(nat64.sessions(Protocol.TCP)).isZero();
        }
    }

    @Test
    @Tag("C-179")
    void opensAndClosesByTimeoutsOfTheirOwn() {
        var usual = TestNat64.settings();
        var lifetimes = Lifetimes.of(Map.of(
                Timer.TCP_OPENING, Duration.ofSeconds(30),
                Timer.TCP_CLOSING, Duration.ofSeconds(60)));
        var settings = new TranslatorSettings(
                usual.pref64s(),
                usual.pool4(),
                usual.clients(),
                false,
                lifetimes,
                usual.maxSessions(),
                usual.ownAddress(),
                usual.icmpErrorsPerSecond(),
                usual.translation(),
                usual.state(),
                usual.fragments());
        try (var nat64 = new TestTranslator(settings)) {
            nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", NO_DATA));
            nat64.pass(Duration.ofSeconds(31));
            assertThat(nat64.sessions(Protocol.TCP)).isZero();
            var out = establish(nat64);
            nat64.translate(tcp4(SERVER, 80, out.source(), out.sourcePort(), "R", NO_DATA));
            nat64.pass(Duration.ofSeconds(59));
            assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
            nat64.pass(Duration.ofSeconds(2));
            assertThat(nat64.sessions(Protocol.TCP)).isZero();
        }
    }

    private static Wire establish(TestTranslator nat64) {
        var out = nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", NO_DATA));
        nat64.translate(tcp4(SERVER, 80, out.source(), out.sourcePort(), "SA", NO_DATA));
        return out;
    }
}
