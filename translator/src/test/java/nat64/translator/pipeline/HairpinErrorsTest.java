// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestMode.NAT64;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.OWN_ADDRESS;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The sender of a hairpinned packet is told why it is dropped, by the same rule as any other sender. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class HairpinErrorsTest {

    private static final byte[] NO_DATA = {};
    private static final int NO_PORT = 7777;

    private final TestMode mode;
    private final TestTranslator translator;

    HairpinErrorsTest(TestMode mode) {
        this.mode = mode;
        translator = mode.start(TranslationOptions.RFC_7915.with(new NextHopMtus.Fixed(1400, 1500)));
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-152")
    @Tag("C-199")
    void tellsThatThePortHasNoBinding() {
        assumeTrue(mode == NAT64, "there are bindings with state only");
        var packet = udp6(CLIENT, 1000, "2001:db8:64::203.0.113.1", NO_PORT, payload(50));
        var error = translator.translate(packet);
        assertThat(translator.drops()).containsExactly(DropReason.NO_BINDING);
        assertUnreachable(error, 3);
        assertThat(error.quoted().octets()).as("the packet as it was sent").isEqualTo(packet);
    }

    @Test
    @Tag("C-199")
    void tellsThatTheFilterForbidsIt() {
        assumeTrue(mode == NAT64, "there is a filter with state only");
        var policy = new StatePolicy(Filter.ADDRESS_DEPENDENT, false, 64, List.of());
        try (var filtering = new TestTranslator(TestNat64.settings(policy))) {
            var other = filtering.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
            var packet = udp6(CLIENT, 1000, "2001:db8:64::" + other.source(), other.sourcePort(), payload(50));
            assertUnreachable(filtering.translate(packet), 1);
            assertThat(filtering.drops()).containsExactly(DropReason.ADDRESS_DEPENDENT_FILTERING);
        }
    }

    @Test
    @Tag("C-182")
    @Tag("C-199")
    void tellsAfterSixSecondsThatNobodyListensForASyn() {
        assumeTrue(mode == NAT64, "SYNs are stored with state only");
        var syn = tcp6(CLIENT, 1000, "2001:db8:64::203.0.113.1", NO_PORT, "S", NO_DATA);
        assertThat(translator.send(syn)).isEmpty();
        assertThat(translator.drops()).containsExactly(DropReason.SYN_STORED);
        assertThat(translator.pass(Duration.ofSeconds(5))).isEmpty();
        var sent = translator.pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
        var error = sent.getFirst().assertSound();
        assertThat(error.source()).isEqualTo(Wire.address("2001:db8:64::203.0.113.1"));
        assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(4);
        assertThat(error.quoted().source()).isEqualTo(Wire.address(CLIENT));
        assertThat(error.quoted().sourcePort()).isEqualTo(1000);
        assertThat(error.quoted().destinationPort()).isEqualTo(NO_PORT);
    }

    @Test
    @Tag("C-063")
    @Tag("C-199")
    void tellsTheMtuOfTheWayBack() {
        var packet = udp6(CLIENT, 1000, other(), otherPort(), payload(1402));
        var error = translator.translate(packet);
        assertThat(translator.drops()).containsExactly(DropReason.TOO_BIG);
        assertThat(error.icmpType()).isEqualTo(2);
        assertThat(error.icmpRest()).isEqualTo(1400);
        assertThat(error.quoted().octets()).isEqualTo(java.util.Arrays.copyOf(packet, 1280 - 48));
        assertThat(translator
                        .translate(udp6(CLIENT, 1000, other(), otherPort(), payload(1352)))
                        .destination())
                .as("as the error said")
                .isEqualTo(Wire.address(OTHER_CLIENT));
    }

    @Test
    @Tag("C-078")
    void tellsOnceAboutASuperPacket() {
        assumeTrue(mode == NAT64, "there are bindings with state only");
        var packet = udp6(CLIENT, 1000, "2001:db8:64::203.0.113.1", NO_PORT, payload(3000));
        var sent = translator.sendSuperPacket(packet, Packet.Segmentation.UDP, 1000);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().assertSound().quoted().assertSound().octets())
                .as("the first segment")
                .hasSize(48 + 1000);
    }

    private void assertUnreachable(Wire error, int code) {
        assertThat(error.source()).isEqualTo(Wire.address(OWN_ADDRESS));
        assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(code);
    }

    /** How CLIENT reaches OTHER_CLIENT by its IPv4 address. */
    private String other() {
        return "2001:db8:64::" + (mode == NAT64 ? outside().source() : "203.0.113.2");
    }

    private int otherPort() {
        return mode == NAT64 ? outside().sourcePort() : 2000;
    }

    private Wire outside() {
        return translator.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
    }
}
