// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.ArrayList;
import java.util.List;
import nat64.gateway.system.HostException;

/**
 * Makes the host a router, with as few side effects as the kernel allows: turning forwarding on or off for all sets the
 * {@code forwarding} of every interface and whether the host accepts redirects, so these are recorded and restored.
 */
final class Forwarding {

    private static final String IPV6_ALL = "ipv6/conf/all/forwarding";
    private static final String IPV4_ALL = "ipv4/ip_forward";
    private static final String IPV4_REDIRECTS = "ipv4/conf/all/accept_redirects";

    /** What makes the host a router, each 1. */
    static final List<String> SETTINGS = List.of(IPV6_ALL, IPV4_ALL);

    private Forwarding() {}

    /** Undone in reverse, so a setting that comes first here is restored last. */
    static List<Change> changes(KernelSettings settings, String device) throws HostException {
        var changes = new ArrayList<Change>();
        if (!settings.read(IPV6_ALL).equals("1")) {
            acceptRouterAdvertisements(settings, device, changes);
            keepForwardingOfInterfaces(settings, "ipv6", device, changes);
            changes.add(settings.set(IPV6_ALL, "1"));
        }
        if (!settings.read(IPV4_ALL).equals("1")) {
            changes.add(settings.set(IPV4_REDIRECTS, "0")); // what the kernel itself makes of it
            keepForwardingOfInterfaces(settings, "ipv4", device, changes);
            changes.add(settings.set(IPV4_ALL, "1"));
        }
        return changes;
    }

    /** A host that lives on router advertisements would lose its default route: 1 means "unless forwarding". */
    private static void acceptRouterAdvertisements(KernelSettings settings, String device, List<Change> changes)
            throws HostException {
        for (var name : settings.interfaces("ipv6")) {
            var setting = "ipv6/conf/" + name + "/accept_ra";
            if (!name.equals(device)
                    && !name.equals("lo")
                    && settings.read(setting).equals("1")) {
                changes.add(settings.set(setting, "2"));
            }
        }
    }

    private static void keepForwardingOfInterfaces(
            KernelSettings settings, String family, String device, List<Change> changes) throws HostException {
        for (var name : settings.interfaces(family)) {
            var setting = family + "/conf/" + name + "/forwarding";
            if (!name.equals(device) && settings.read(setting).equals("1")) {
                changes.add(settings.set(setting, "1"));
            }
        }
    }
}
