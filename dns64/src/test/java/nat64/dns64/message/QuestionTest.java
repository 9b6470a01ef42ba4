// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

class QuestionTest {

    @Test
    void isTheSameInAnyLetterCase() {
        var lower = question("www.example.org.");
        var mixed = question("wWw.Example.ORG.");

        assertThat(mixed).isEqualTo(lower).hasSameHashCodeAs(lower);
        assertThat(mixed.name()).hasToString("www.example.org.");
    }

    @Test
    void differsInEveryPart() {
        var question = question("www.example.org.");

        assertThat(question)
                .isNotEqualTo(question("wwx.example.org."))
                .isNotEqualTo(question.withType(Type.AAAA))
                .isNotEqualTo(question.unchecked())
                .isNotEqualTo(new Question(question.name(), Type.A, DClass.CH, false, false))
                .isNotEqualTo(new Question(question.name(), Type.A, DClass.IN, true, false))
                .isNotEqualTo(new Question(question.name(), Type.A, DClass.IN, false, true));
    }

    /** dnsjava multiplies by nine and adds, so "19" and "20" are the same to it. */
    @Test
    void hasAnotherHashWhereThatOfTheNameCollides() {
        var names = IntStream.range(0, 1000)
                .mapToObj(i -> "x%03d.example.org.".formatted(i))
                .toList();

        assertThat(names.stream().map(n -> name(n).hashCode()).distinct()).hasSizeLessThan(950);
        assertThat(names.stream().map(n -> question(n).hashCode()).distinct()).hasSizeGreaterThan(998);
    }

    private static Question question(String name) {
        return new Question(name(name), Type.A, DClass.IN, false, false);
    }
}
