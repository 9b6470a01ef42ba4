// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {

    @ParameterizedTest
    @EnumSource(DropReason.class)
    void everyReasonNamesItsRule(DropReason reason) {
        var rule = reason.rule();

        assertThat(rule.citation()).matches("(RFC \\d+(, sections? \\d.*)?|no RFC: .+)");
        assertThat(rule.sentence()).endsWith(".");
        assertThat(rule.step()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = DropReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DEVICE_REFUSED", "INTERNAL_ERROR"})
    void onlyTheDeviceAndDefectsHaveNoDocument(DropReason reason) {
        assertThat(reason.rule().citation()).startsWith("RFC ");
    }
}
