// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import java.util.stream.Stream;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;

/** Reads the section {@code translator.binding-log}. */
public final class BindingLogReader {

    private BindingLogReader() {}

    /**
     * Reads and checks it.
     *
     * @param isStateless whether there are no bindings to log
     */
    public static BindingLogConfig read(Reading reading, Section log, boolean isStateless) {
        var destinations = log.value(BindingLogKeys.DESTINATIONS);
        var file = log.section(JsonLogKeys.KEYS).value(JsonLogKeys.FILE);
        var syslog = log.section(SyslogKeys.KEYS);
        var server = syslog.value(SyslogKeys.SERVER);
        var ipfix = log.section(IpfixKeys.KEYS);
        var collector = ipfix.value(IpfixKeys.COLLECTOR);
        var config = new BindingLogConfig(
                destinations.value(),
                file.value(),
                new SyslogConfig(
                        server.value(),
                        syslog.value(SyslogKeys.FACILITY).value(),
                        syslog.value(SyslogKeys.AUTHORITIES).value()),
                new IpfixConfig(
                        collector.value(),
                        ipfix.value(IpfixKeys.OBSERVATION_DOMAIN).value()));
        if (destinations.value() && !config.isOn()) {
            reading.warn(
                    destinations,
                    "nothing is logged; set translator.binding-log.json.file, syslog.server or ipfix.collector");
        }
        if (config.isOn() && isStateless) {
            reading.warn(
                    Stream.of(file, server, collector)
                            .filter(output -> output.value().isPresent())
                            .findFirst()
                            .orElseThrow(),
                    "nothing is logged: only mode nat64 has bindings; remove the section translator.binding-log");
        }
        return config;
    }
}
