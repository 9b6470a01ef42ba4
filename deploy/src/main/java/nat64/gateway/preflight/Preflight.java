// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.preflight;

import java.util.ArrayList;
import java.util.List;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.DeviceType;
import nat64.gateway.host.HostNetwork;
import nat64.gateway.preflight.Finding.Ok;
import nat64.gateway.preflight.Finding.Refused;
import nat64.gateway.system.HostException;

/** Looks whether a host suits a configuration: the same list for {@code nat64 check} and for a start. */
public final class Preflight {

    private static final String PRIVILEGES = "privileges";

    private Preflight() {}

    /**
     * Looks at this host.
     *
     * @param written the configuration as the file gives it
     * @param resolved the same without {@code auto}
     * @param isRunning whether a gateway runs here already, whose device and ports are not in the way
     * @throws HostException if the addresses of this host can't be read
     */
    public static List<Finding> of(GatewayConfig written, GatewayConfig resolved, boolean isRunning)
            throws HostException {
        var findings = new ArrayList<Finding>();
        if (written.role().translates() && written.translator().setUpHost()) {
            findings.addAll(privileges(written.translator().device().type()));
        }
        findings.addAll(of(written, resolved, isRunning, Host.thisOne()));
        return findings;
    }

    /** As {@link #of(GatewayConfig, GatewayConfig, boolean)}, with the host passed in; touches nothing. */
    static List<Finding> of(GatewayConfig written, GatewayConfig resolved, boolean isRunning, Host host) {
        var findings = new ArrayList<>(Networks.clients(written, host));
        if (written.role().answersDns() && !isRunning) {
            findings.addAll(Networks.ports(written, host));
        }
        var device = resolved.translator().device();
        if (written.role().translates() && device.type() == DeviceType.TUN) {
            host.firewall().ifPresent(chains -> findings.addAll(Firewalls.of(chains, device.name())));
            findings.addAll(Networks.reversePaths(host));
            if (!resolved.translator().mode().isStateless()) {
                var stateful = resolved.translator().stateful();
                findings.addAll(ConnectionTracking.of(stateful, host));
                Networks.ownPorts(written.translator().stateful(), host).ifPresent(findings::add);
                findings.addAll(
                        Networks.pool4(stateful.pool4(), host.addresses().except(device.name())));
            }
        }
        return findings;
    }

    private static List<Finding> privileges(DeviceType type) {
        var obstacle = HostNetwork.obstacle(type == DeviceType.TUN);
        if (obstacle.isEmpty()) {
            return List.of(new Ok(PRIVILEGES, "this process may set up the network"));
        }
        var message = obstacle.get();
        int colon = message.indexOf(": ");
        return List.of(
                colon < 0
                        ? new Refused(PRIVILEGES, message, "see README.md")
                        : new Refused(PRIVILEGES, message.substring(0, colon), message.substring(colon + 2)));
    }
}
