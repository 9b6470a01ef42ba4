// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory there is. */
public final class HostMemory {

    private static final long OCTETS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();

    private HostMemory() {}

    /**
     * Octets of RAM of the machine, or of the container that this runs in, if that has less: as at the first call, as
     * tables keep their size.
     */
    public static long octets() {
        return OCTETS;
    }
}
