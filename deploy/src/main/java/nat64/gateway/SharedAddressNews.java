// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.Optional;
import nat64.gateway.host.SharedAddress;
import nat64.translator.session.pool4.HostPorts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how the host's own address, which pool4 shares, has changed with a reload. */
final class SharedAddressNews {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private SharedAddressNews() {}

    static void tell(Optional<SharedAddress> before, Optional<SharedAddress> now) {
        if (now.isEmpty() || now.equals(before)) {
            return;
        }
        var address = now.get();
        if (before.isEmpty() || before.get().address() != address.address()) {
            LOG.info(
                    "pool4 is {} from now on{}",
                    address,
                    before.map(old -> "; the sessions of " + old + " have ended")
                            .orElse(""));
        }
        if (before.isEmpty() || !before.get().inUse().equals(address.inUse())) {
            LOG.info(
                    "ports of {} that programs of this host use, and clients do not get: {}",
                    address,
                    address.inUse().equals(HostPorts.NONE) ? "none" : address.inUse());
        }
    }
}
