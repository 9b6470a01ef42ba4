// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that no router forwards from or to: the same in every mode and direction. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class ForwardedAddressesTest {

    private final TestTranslator translator;

    ForwardedAddressesTest(TestMode mode) {
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.1", "127.0.0.1", "169.254.0.42", "169.254.255.255", "224.0.0.1", "255.255.255.255"})
    @Tag("C-007")
    void forwardsNothingFromTheseIpv4Addresses(String source) {
        var udp = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        var syn = translator.translate(tcp6(CLIENT, 40_000, SERVER_IN_PREF64, 80, "S", payload(0)));
        var echo = translator.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1));
        var packets = List.of(
                udp4(source, 1, udp.source(), udp.sourcePort(), payload(1)),
                tcp4(source, 1, syn.source(), syn.sourcePort(), "S", payload(0)),
                echo4(source, echo.source(), true, echo.icmpIdentifier(), 1));
        assertThat(packets)
                .allSatisfy(packet -> assertThat(translator.send(packet)).isEmpty());
        assertThat(translator.dropped(DropReason.ILLEGAL_SOURCE)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "fe80::1", "febf::1", "ff02::1"})
    @Tag("C-058")
    void forwardsNothingFromTheseIpv6Addresses(String source) {
        var packets = List.of(
                udp6(source, 1, SERVER_IN_PREF64, 53, payload(1)),
                tcp6(source, 1, SERVER_IN_PREF64, 80, "S", payload(0)),
                echo6(source, SERVER_IN_PREF64, true, 7, 1),
                error(source));
        assertThat(packets)
                .allSatisfy(packet -> assertThat(translator.send(packet)).isEmpty());
        assertThat(translator.dropped(DropReason.ILLEGAL_SOURCE)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.1", "127.0.0.1", "169.254.1.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"})
    void forwardsNothingToTheseIpv4Addresses(String destination) {
        var error = translator.translate(udp6(CLIENT, 40_000, "2001:db8:64::" + destination, 53, payload(1)));
        assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(translator.drops()).containsExactly(DropReason.UNROUTABLE_IPV4);
    }

    private static byte[] error(String source) {
        return error6(source, SERVER_IN_PREF64, 1, 0, 0, udp6(SERVER_IN_PREF64, 1, CLIENT, 2, payload(10)));
    }
}
