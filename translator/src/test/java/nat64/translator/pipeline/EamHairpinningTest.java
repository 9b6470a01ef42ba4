// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestSiit.HOST;
import static nat64.translator.testing.TestSiit.HOST_V4;
import static nat64.translator.testing.TestSiit.OTHER_HOST;
import static nat64.translator.testing.TestSiit.OTHER_HOST_V4;
import static nat64.translator.testing.TestSiit.REMOTE;
import static nat64.translator.testing.TestSiit.REMOTE_V6;
import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.address.EamHairpinning;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HOST and OTHER_HOST talk to each other's IPv4 address (RFC 7757, section 4 and appendix B). */
class EamHairpinningTest {

    private static final String HOST_AT_PREF64 = "2001:db8:64::c000:201";
    private static final String OTHER_HOST_AT_PREF64 = "2001:db8:64::c000:202";

    private final TestTranslator siit = new TestTranslator(TestSiit.SETTINGS);

    @AfterEach
    void close() {
        siit.close();
    }

    @Test
    @Tag("C-116")
    @Tag("C-117")
    void turnsPacketsAroundBothWays() {
        var there = siit.translate(tcp6(HOST, 40_000, OTHER_HOST_AT_PREF64, 80, "S", payload(30)));
        assertThat(there.source()).isEqualTo(Wire.address(HOST_AT_PREF64));
        assertThat(there.destination()).isEqualTo(Wire.address(OTHER_HOST));
        assertThat(there.ipv6().getHopLimit()).as("one hop in all").isEqualTo((byte) 63);
        var back = siit.translate(tcp6(OTHER_HOST, 80, HOST_AT_PREF64, 40_000, "SA", payload(30)));
        assertThat(back.source()).isEqualTo(Wire.address(OTHER_HOST_AT_PREF64));
        assertThat(back.destination()).isEqualTo(Wire.address(HOST));
    }

    @Test
    @Tag("C-117")
    void turnsErrorsAround() {
        var quoted = udp6(HOST_AT_PREF64, 40_000, OTHER_HOST, 53, payload(40));
        var error = siit.translate(error6(OTHER_HOST, HOST_AT_PREF64, 1, 4, 0, quoted));
        assertThat(error.source()).as("as the host knows it").isEqualTo(Wire.address(OTHER_HOST_AT_PREF64));
        assertThat(error.destination()).isEqualTo(Wire.address(HOST));
        assertThat(error.quoted().assertSound().source()).isEqualTo(Wire.address(HOST));
        assertThat(error.quoted().destination()).isEqualTo(Wire.address(OTHER_HOST_AT_PREF64));
    }

    @Test
    @Tag("C-117")
    void leavesOtherPacketsAlone() {
        assertThat(siit.translate(udp6(HOST, 1, REMOTE_V6, 2, payload(1))).version())
                .isEqualTo(4);
        var error = error6(HOST, REMOTE_V6, 1, 4, 0, udp6(REMOTE_V6, 53, HOST, 40_000, payload(40)));
        assertThat(siit.translate(error).version()).isEqualTo(4);
    }

    @Test
    @Tag("C-114")
    @Tag("C-116")
    void givesSourcesFromTheIpv4SideTheirMappingWhenItTurnsPacketsAroundItself() {
        assertThat(siit.translate(udp4(OTHER_HOST_V4, 1, HOST_V4, 2, payload(1)))
                        .source())
                .isEqualTo(Wire.address(OTHER_HOST));
    }

    @Test
    @Tag("C-116")
    void leavesTurningToARouterIfSimple() {
        try (var simple = new TestTranslator(TestSiit.with(EamHairpinning.SIMPLE))) {
            var there = simple.translate(udp6(HOST, 40_000, OTHER_HOST_AT_PREF64, 53, payload(30)));
            assertThat(there.version()).isEqualTo(4);
            var back = simple.translate(udp4(HOST_V4, 40_000, OTHER_HOST_V4, 53, payload(30)));
            assertThat(back.source()).isEqualTo(Wire.address(HOST_AT_PREF64));
            assertThat(back.destination()).isEqualTo(Wire.address(OTHER_HOST));
        }
    }

    @Test
    @Tag("C-116")
    void keepsInnerDestinationAndItsRouterFromTheirMappingIfSimple() {
        try (var simple = new TestTranslator(TestSiit.with(EamHairpinning.SIMPLE))) {
            var quoted = udp4(HOST_V4, 40_000, OTHER_HOST_V4, 53, payload(30));
            var fromHost = simple.translate(error4(OTHER_HOST_V4, HOST_V4, 3, 3, 0, quoted));
            assertThat(fromHost.source()).isEqualTo(Wire.address(OTHER_HOST_AT_PREF64));
            assertThat(fromHost.quoted().source()).isEqualTo(Wire.address(HOST));
            assertThat(fromHost.quoted().destination()).isEqualTo(Wire.address(OTHER_HOST_AT_PREF64));
            var fromRouter = simple.translate(error4("192.0.2.24", HOST_V4, 11, 0, 0, quoted));
            assertThat(fromRouter.source()).isEqualTo(Wire.address("2001:db8:cccc::8"));
        }
    }

    @Test
    @Tag("C-116")
    void doesNothingIfOff() {
        try (var off = new TestTranslator(TestSiit.with(EamHairpinning.OFF))) {
            assertThat(off.translate(udp6(HOST, 1, OTHER_HOST_AT_PREF64, 2, payload(1)))
                            .version())
                    .isEqualTo(4);
            assertThat(off.translate(udp4(REMOTE, 1, HOST_V4, 2, payload(1))).destination())
                    .isEqualTo(Wire.address(HOST));
        }
    }
}
