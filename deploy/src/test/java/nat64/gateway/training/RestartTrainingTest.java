// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.training;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.auto.HostDefaults;
import nat64.gateway.config.ConfigFile;
import org.junit.jupiter.api.Test;

class RestartTrainingTest {

    @Test
    void takesOverAllSessions() throws Exception {
        var config = HostDefaults.resolveClients(ConfigFile.defaults().config());

        assertThat(RestartTraining.run(config)).isEqualTo(20_000);
    }
}
