// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.YAMLException;

class KnownFieldsTest {

    private static final String BUDGET = """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata:
              name: dns64
            spec:
              maxUnavailable: 1
              selector:
                matchLabels: {app: dns64}
            """;

    @Test
    void acceptsAManifestOfKnownFields() {
        assertThat(KnownFields.violations(StrictYaml.parse(BUDGET))).isEmpty();
    }

    @Test
    void namesAMisspeltField() {
        var manifest = StrictYaml.parse(BUDGET.replace("maxUnavailable", "maxUnavailible"));

        assertThat(KnownFields.violations(manifest))
                .containsExactly("PodDisruptionBudget.spec.maxUnavailible is not known");
    }

    @Test
    void namesAMissingField() {
        var manifest = StrictYaml.parse(BUDGET.replace("name: dns64", "labels: {app: dns64}"));

        assertThat(KnownFields.violations(manifest)).containsExactly("PodDisruptionBudget.metadata.name is missing");
    }

    @Test
    void namesAnObjectWhereAScalarBelongs() {
        var manifest = StrictYaml.parse(BUDGET.replace("maxUnavailable: 1", "maxUnavailable: {a: 1}"));

        assertThat(KnownFields.violations(manifest))
                .containsExactly("PodDisruptionBudget.spec.maxUnavailable must be a scalar");
    }

    @Test
    void refusesAnUnknownKind() {
        assertThat(KnownFields.violations(StrictYaml.parse("kind: Deploymint")))
                .containsExactly("unknown kind 'Deploymint'");
    }

    @Test
    void refusesADuplicateKey() {
        assertThatThrownBy(() -> StrictYaml.parse("kind: Service\nkind: Service\n"))
                .isInstanceOf(YAMLException.class)
                .hasMessageContaining("duplicate key kind");
    }
}
