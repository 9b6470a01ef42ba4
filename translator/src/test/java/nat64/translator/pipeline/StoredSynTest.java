// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoredSynTest {

    private static final byte[] NO_DATA = {};
    private static final StatePolicy ADDRESS_DEPENDENT = new StatePolicy(Filter.ADDRESS_DEPENDENT, false, 8, List.of());

    @Test
    @Tag("C-160")
    @Tag("C-165")
    @Tag("C-182")
    void answersASynOfNobodyAfterSixSecondsAndQuotesIt() {
        try (var nat64 = new TestTranslator(TestNat64.settings())) {
            var syn = tcp4(SERVER, 4444, "203.0.113.1", 50_000, "S", NO_DATA);
            assertThat(nat64.send(syn)).isEmpty();
            assertThat(nat64.pass(Duration.ofMillis(5_999))).isEmpty();
            var errors = nat64.pass(Duration.ofMillis(2));
            assertThat(errors).hasSize(1);
            var error = errors.getFirst().assertSound();
            assertThat(error.icmpType()).isEqualTo(3);
            assertThat(error.icmpCode()).isEqualTo(3);
            assertThat(error.source()).isEqualTo("203.0.113.1");
            assertThat(error.destination()).isEqualTo(SERVER);
            assertThat(error.quoted().octets()).isEqualTo(syn);
            assertThat(nat64.pass(Duration.ofMinutes(1))).isEmpty();
            assertThat(nat64.sessions(Protocol.TCP)).isZero();
        }
    }

    @Test
    @Tag("C-159")
    void dropsExternallyInitiatedConnectionsWhereThePolicySaysSo() {
        try (var nat64 = new TestTranslator(
                TestNat64.settings(new StatePolicy(Filter.ENDPOINT_INDEPENDENT, true, 8, List.of())))) {
            var out = nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", NO_DATA));
            assertThat(nat64.send(tcp4("198.51.100.9", 80, out.source(), out.sourcePort(), "S", NO_DATA)))
                    .isEmpty();
            assertThat(nat64.send(tcp4(SERVER, 80, "203.0.113.2", 50_000, "S", NO_DATA)))
                    .isEmpty();
            assertThat(nat64.dropped(DropReason.EXTERNALLY_INITIATED)).isEqualTo(2);
            assertThat(nat64.pass(Duration.ofSeconds(10))).isEmpty();
            nat64.translate(tcp4(SERVER, 80, out.source(), out.sourcePort(), "SA", NO_DATA));
        }
    }

    @Test
    @Tag("C-161")
    @Tag("C-164")
    @Tag("C-181")
    void holdsASynUnderAddressDependentFilteringUntilItsCounterpartComes() {
        try (var nat64 = new TestTranslator(TestNat64.settings(ADDRESS_DEPENDENT))) {
            var out = nat64.translate(tcp6(CLIENT, 50_000, "2001:db8:64::c633:6409", 80, "S", NO_DATA));
            assertThat(nat64.send(fromServer(out, "S"))).isEmpty();
            assertThat(nat64.dropped(DropReason.SYN_STORED)).isEqualTo(1);
            nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 4444, "S", NO_DATA));
            nat64.translate(fromServer(out, "SA"));
            assertThat(nat64.pass(Duration.ofHours(1)))
                    .as("no error for the stored SYN")
                    .isEmpty();
            assertThat(nat64.sessions(Protocol.TCP)).as("established").isEqualTo(1);
        }
    }

    @Test
    @Tag("C-166")
    void neverLetsARepeatedSynAuthoriseItself() {
        try (var nat64 = new TestTranslator(TestNat64.settings(ADDRESS_DEPENDENT))) {
            var out = nat64.translate(tcp6(CLIENT, 50_000, "2001:db8:64::c633:6409", 80, "S", NO_DATA));
            for (int i = 0; i < 3; i++) {
                assertThat(nat64.send(fromServer(out, "S"))).isEmpty();
                nat64.pass(Duration.ofSeconds(1));
            }
            assertThat(nat64.send(fromServer(out, "A")))
                    .as("nor anything after it")
                    .allMatch(TestIcmp::isProhibited);
            assertThat(nat64.pass(Duration.ofSeconds(4)))
                    .as("one error, six seconds after the first")
                    .hasSize(1);
            assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
        }
    }

    @Test
    @Tag("C-180")
    @Tag("C-216")
    void forgetsNoStoredSynForANewOne() {
        try (var nat64 = new TestTranslator(
                TestNat64.settings(new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, List.of())))) {
            var out = nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", NO_DATA));
            nat64.translate(tcp4(SERVER, 80, out.source(), out.sourcePort(), "SA", NO_DATA));
            for (int port = 1000; port < 1100; port++) {
                assertThat(nat64.send(tcp4(SERVER, port, "203.0.113.3", 7, "S", NO_DATA)))
                        .isEmpty();
            }
            assertThat(nat64.dropped(DropReason.SYN_STORED)).isEqualTo(8);
            assertThat(nat64.dropped(DropReason.SYN_STORE_FULL)).isEqualTo(92);
            nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "A", payload(10)));
            assertThat(nat64.pass(Duration.ofSeconds(7)))
                    .extracting(error -> error.quoted().sourcePort())
                    .containsExactly(1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007);
            nat64.send(tcp4(SERVER, 2000, "203.0.113.3", 7, "S", NO_DATA));
            assertThat(nat64.dropped(DropReason.SYN_STORED))
                    .as("there is room again")
                    .isEqualTo(9);
        }
    }

    @Test
    @Tag("C-180")
    void refusesASynLongerThanWhatAnErrorMayQuote() {
        try (var nat64 = new TestTranslator(TestNat64.settings())) {
            assertThat(nat64.send(tcp4(SERVER, 80, "203.0.113.1", 50_000, "S", payload(600))))
                    .isEmpty();
            assertThat(nat64.drops()).containsExactly(DropReason.SYN_STORE_FULL);
        }
    }

    @Test
    @Tag("C-163")
    void storesNoAnswerToAConnectionThatIsNot() {
        try (var nat64 = new TestTranslator(TestNat64.settings())) {
            assertThat(nat64.send(tcp4(SERVER, 80, "203.0.113.1", 50_000, "SA", NO_DATA)))
                    .isEmpty();
            assertThat(nat64.drops()).containsExactly(DropReason.NO_SESSION);
            assertThat(nat64.pass(Duration.ofSeconds(7))).isEmpty();
        }
    }

    private static byte[] fromServer(Wire out, String flags) {
        return tcp4(SERVER, 4444, out.source(), out.sourcePort(), flags, NO_DATA);
    }

    /** What a filtered packet is answered with. */
    private static final class TestIcmp {

        static boolean isProhibited(Wire error) {
            return error.icmpType() == 3 && error.icmpCode() == 13;
        }
    }
}
