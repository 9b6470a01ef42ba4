// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * The translator's device where it stays between two gateways, with its addresses and routes. Meanwhile the kernel
 * drops what is routed to it; without a device, senders would be told that there is no route.
 */
record LastingDevice(HostPlan plan) {

    String name() {
        return plan.device().name();
    }

    /** What removes it. */
    Step removal() {
        return Step.Run.of("ip link delete dev " + name());
    }

    boolean exists() throws HostException {
        return HostChecks.interfaceExists(name());
    }

    /** Whether the device has what the plan needs, and no route besides. */
    boolean isSetUp(KernelSettings settings) throws HostException {
        return isSetUp(settings, HostState.read(name(), settings, Set.of(), false));
    }

    /** As {@link #isSetUp(KernelSettings)}, of a host that was looked at. */
    boolean isSetUp(KernelSettings settings, HostState state) {
        var ipv6Routes = new HashSet<Ipv6Prefix>(plan.pref64s());
        ipv6Routes.add(host(plan.device().hostAddress()));
        ipv6Routes.add(host(plan.device().translatorAddress()));
        return Need.of(plan, settings).stream()
                        .filter(need -> need instanceof Need.Present
                                || need instanceof Need.Link
                                || need instanceof Need.Addresses
                                || need instanceof Need.Routes)
                        .allMatch(need -> need.missing(state).isEmpty())
                && ipv6Routes.containsAll(state.ipv6Routes())
                && new HashSet<>(plan.pool4()).containsAll(state.ipv4Routes());
    }

    /** Removes addresses and routes, which may be those of another configuration. */
    void flush() throws HostException {
        for (var flush : List.of("ip -4 route flush dev ", "ip -6 route flush dev ", "ip address flush dev ")) {
            Step.Run.of(flush + name()).take();
        }
    }

    private static Ipv6Prefix host(Ipv6Address address) {
        return new Ipv6Prefix(address.high(), address.low(), 128);
    }
}
