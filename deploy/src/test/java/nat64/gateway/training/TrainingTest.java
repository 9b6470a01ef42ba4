// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.training;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.config.ConfigFile;
import org.junit.jupiter.api.Test;

class TrainingTest {

    @Test
    void translatesAndAnswersWithoutTheHost() throws Exception {
        var result = Training.run(ConfigFile.defaults());

        assertThat(result.synthesized()).isEqualTo(350);
        assertThat(result.translated()).isEqualTo(600);
        assertThat(result.metrics())
                .startsWith("HTTP/1.1 200")
                .contains("dns64_queries_total", "nat64_translated_packets_total");
    }
}
