// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import nat64.translator.address.Eam;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stateless translator that has Explicit Address Mappings only, for hosts of both sides (RFC 7757). */
class WithoutPref64Test {

    private static final String SERVER = "2001:db8:aaaa::1";
    private static final String SERVER_V4 = "192.0.2.1";
    private static final String CLIENT_V4 = "198.51.100.7";
    private static final String CLIENT = "2001:db8:64::7";
    private static final String STRANGER_V4 = "203.0.113.9";

    private final TestTranslator siit = new TestTranslator(TestSiit.withoutPref64(
            List.of(Eam.parse(SERVER_V4, SERVER), Eam.parse("198.51.100.0/24", "2001:db8:64::/120"))));

    @AfterEach
    void close() {
        siit.close();
    }

    @Test
    @Tag("C-111")
    void translatesBetweenHostsWithMappings() {
        var there = siit.translate(tcp4(CLIENT_V4, 40_000, SERVER_V4, 80, "S", payload(9)));
        assertThat(there.source()).isEqualTo(Wire.address(CLIENT));
        assertThat(there.destination()).isEqualTo(Wire.address(SERVER));
        var back = siit.translate(tcp6(SERVER, 80, CLIENT, 40_000, "SA", payload(9)));
        assertThat(back.source()).isEqualTo(SERVER_V4);
        assertThat(back.destination()).isEqualTo(CLIENT_V4);
    }

    @Test
    @Tag("C-047")
    void refusesAddressesWithoutMapping() {
        var source = siit.translate(udp4(STRANGER_V4, 1, SERVER_V4, 2, payload(9)));
        assertThat(source.icmpCode()).isEqualTo(13);
        assertThat(siit.dropped(DropReason.UNTRANSLATABLE_SOURCE)).isEqualTo(1);
        var destination = siit.translate(udp4(CLIENT_V4, 1, STRANGER_V4, 2, payload(9)));
        assertThat(destination.source()).isEqualTo(TestSiit.OWN_IPV4);
        assertThat(siit.dropped(DropReason.UNTRANSLATABLE_DESTINATION)).isEqualTo(1);
        assertThat(siit.translate(udp6(SERVER, 1, "2001:db8:9::1", 2, payload(9)))
                        .icmpType())
                .isEqualTo(1);
    }

    @Test
    @Tag("C-031")
    @Tag("C-106")
    void reportsErrorsOfRoutersWithoutMappingFromItsOwnAddresses() {
        var fromServer = udp4(SERVER_V4, 80, CLIENT_V4, 40_000, payload(60));
        var tooBig = siit.translate(error4(STRANGER_V4, SERVER_V4, 3, 4, 1300, fromServer));
        assertThat(tooBig.source())
                .isEqualTo(Wire.address(TestSiit.SETTINGS.ownAddress().toString()));
        assertThat(tooBig.destination()).isEqualTo(Wire.address(SERVER));
        assertThat(tooBig.icmpRest()).isEqualTo(1320);
        assertThat(tooBig.quoted().destination()).isEqualTo(Wire.address(CLIENT));
        var fromClient = udp6(CLIENT, 40_000, SERVER, 80, payload(60));
        assertThat(siit.translate(error6("2001:db8:5::1", CLIENT, 3, 0, 0, fromClient))
                        .source())
                .isEqualTo("192.0.0.8");
    }

    @Test
    void dropsErrorsThatQuoteAnAddressWithoutMapping() {
        var stray = udp4(SERVER_V4, 80, STRANGER_V4, 40_000, payload(60));
        assertThat(siit.send(error4(CLIENT_V4, SERVER_V4, 3, 1, 0, stray))).isEmpty();
        assertThat(siit.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
    }

    @Test
    void needsAMappingAtLeast() {
        assertThatThrownBy(() -> TestSiit.withoutPref64(List.of()))
                .hasMessage("a stateless translator needs a Pref64 or an Explicit Address Mapping");
    }
}
