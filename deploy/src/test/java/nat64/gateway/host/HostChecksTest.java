// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.system.HostException;
import org.junit.jupiter.api.Test;

class HostChecksTest {

    @Test
    void findsTheCapabilityAmongTheEffectiveOnes() {
        assertThat(HostChecks.mayAdministerNetwork("Name:\tjava\nCapEff:\t000001ffffffffff\n"))
                .isTrue();
        assertThat(HostChecks.mayAdministerNetwork("CapEff:\t0000000000001000\n"))
                .isTrue();
    }

    @Test
    void seesThatTheCapabilityIsMissing() {
        assertThat(HostChecks.mayAdministerNetwork("CapPrm:\t000001ffffffffff\nCapEff:\t0000000000000000\n"))
                .isFalse();
        assertThat(HostChecks.mayAdministerNetwork("CapEff:\t00000000a80425fb\n"))
                .isFalse();
    }

    @Test
    void knowsTheInterfacesOfTheHost() throws HostException {
        assertThat(HostChecks.interfaceExists("lo")).isTrue();
        assertThat(HostChecks.interfaceExists("l")).isFalse();
    }
}
