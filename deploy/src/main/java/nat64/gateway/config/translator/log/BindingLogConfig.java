// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log of who had which address and port. It is off if it has no output.
 *
 * @param destinations whether sessions are logged, too, with the IPv4 host on their other side
 * @param file of JSON lines
 */
public record BindingLogConfig(boolean destinations, Optional<Path> file, SyslogConfig syslog, IpfixConfig ipfix) {

    /** Where it goes, for people. */
    public List<String> outputs() {
        var outputs = new ArrayList<String>();
        file.ifPresent(path -> outputs.add(path.toString()));
        syslog.server().ifPresent(server -> outputs.add("syslog at " + server));
        ipfix.collector().ifPresent(collector -> outputs.add("IPFIX at " + collector));
        return outputs;
    }

    public boolean isOn() {
        return !outputs().isEmpty();
    }
}
