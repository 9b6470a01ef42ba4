// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.util.Optional;
import org.pcap4j.core.Pcaps;

/** Whether libpcap is installed on this host. */
public final class Libpcap {

    private static final Optional<String> OBSTACLE = load();

    private Libpcap() {}

    /** Why libpcap can't be used and what helps, if so. */
    public static Optional<String> obstacle() {
        return OBSTACLE;
    }

    private static Optional<String> load() {
        try {
            Pcaps.libVersion();
            return Optional.empty();
        } catch (LinkageError e) { // the library itself, or what JNA needs to load it
            return Optional.of("libpcap can't be loaded; install the package libpcap0.8 (Debian, Ubuntu) or libpcap"
                    + " (Alpine, Arch, Fedora, openSUSE): "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
