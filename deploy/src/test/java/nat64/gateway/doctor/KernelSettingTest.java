// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.system.Commands;
import org.junit.jupiter.api.Test;

class KernelSettingTest {

    @Test
    void readsTheWholeNumber() throws Exception {
        assertThat(KernelSetting.number("kernel/pid_max"))
                .hasValue(Long.parseLong(
                        Commands.run("cat /proc/sys/kernel/pid_max").strip()));
    }

    @Test
    void whatIsMissingOrNoNumberHasNone() {
        assertThat(KernelSetting.number("net/ipv6/conf/nowhere/mtu")).isEmpty();
        assertThat(KernelSetting.number("kernel/ostype")).isEmpty();
    }
}
