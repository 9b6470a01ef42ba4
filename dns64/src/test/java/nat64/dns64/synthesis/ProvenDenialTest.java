// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.utils.base32;

@Tag("R-19")
class ProvenDenialTest {

    private static final View VIEW = View.of(List.of(Pref64.WELL_KNOWN));
    private static final String WWW = "www.example.org.";

    @Test
    void settlesTheAnswerWithoutTheARecords() {
        var denial = denial(WWW + " 300 IN NSEC x.example.org. TXT RRSIG NSEC");

        assertThat(Synthesizer.decide(name(WWW), VIEW, denial)).contains(new Plan.NoData(denial.sections()));
    }

    @Test
    void settlesItByTheHashOfTheName() {
        var parameters = (NSEC3Record) records("a. 300 IN NSEC3 1 0 3 AB VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV TXT")
                .getFirst();
        var hash = hash(parameters);

        assertThat(decided(hash + ".example.org. 300 IN NSEC3 1 0 3 AB VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV TXT RRSIG"))
                .isTrue();
        assertThat(decided(hash + ".example.org. 300 IN NSEC3 1 0 3 AC VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV TXT RRSIG"))
                .isFalse();
    }

    @Test
    void settlesItForTheEndOfAliases() {
        var sections = new Sections(
                records(WWW + " 300 IN CNAME a.example.org."),
                records(SOA, "a.example.org. 300 IN NSEC b.example.org. TXT RRSIG NSEC"),
                List.of());

        assertThat(Synthesizer.decide(name(WWW), VIEW, new Outcome.NoData(sections.withSecure(true))))
                .isPresent();
    }

    @Test
    void settlesNothingUnlessItIsProven() {
        var denial = denial(WWW + " 300 IN NSEC x.example.org. TXT RRSIG NSEC");

        assertThat(Synthesizer.decide(
                        name(WWW), VIEW, denial.with(denial.sections().withSecure(false))))
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WWW + " 300 IN NSEC x.example.org. A RRSIG NSEC",
                WWW + " 300 IN NSEC x.example.org. CNAME RRSIG NSEC",
                WWW + " 300 IN NSEC x.example.org. NS RRSIG NSEC",
                "other.example.org. 300 IN NSEC x.example.org. TXT RRSIG NSEC",
                "*.example.org. 300 IN NSEC x.example.org. TXT RRSIG NSEC"
            })
    void settlesNothingWhereThereMayBeARecords(String proof) {
        assertThat(decided(proof)).isFalse();
    }

    private static String hash(NSEC3Record parameters) {
        try {
            return new base32(base32.Alphabet.BASE32HEX, false, true).toString(parameters.hashName(name(WWW)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean decided(String proof) {
        return Synthesizer.decide(name(WWW), VIEW, denial(proof)).isPresent();
    }

    private static Outcome.NoData denial(String proof) {
        return new Outcome.NoData(new Sections(List.of(), records(SOA, proof), List.of()).withSecure(true));
    }
}
