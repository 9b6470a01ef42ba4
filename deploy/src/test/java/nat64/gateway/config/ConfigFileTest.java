// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigFileTest {

    @Test
    void takesAnEmptyFile() {
        System.out.println(ConfigFile.parse("x.yaml", "").config());
        System.out.println(ConfigFile.keys());
        assertThat(ConfigFile.parse("x.yaml", "").config())
                .isEqualTo(ConfigFile.defaults().config());
    }
}
