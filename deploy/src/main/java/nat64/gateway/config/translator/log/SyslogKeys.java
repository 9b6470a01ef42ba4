// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.config.common.FileFormats;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.gateway.config.translator.log.LogServer.Transport;

/** The keys of the section {@code translator.binding-log.syslog}. */
public final class SyslogKeys {

    public static final Keys KEYS = Keys.section("translator.binding-log.syslog");

    private static final Map<Transport, Integer> PORTS =
            Map.of(Transport.UDP, 514, Transport.TCP, 514, Transport.TLS, 6514); // RFC 5426, RFC 6587, RFC 5425

    static final ValueKey<Optional<LogServer>> SERVER = KEYS.value(
            "server",
            "none",
            LogServers.orNone("udp://192.0.2.1:514", PORTS),
            RESTART,
            "The server that gets the log as syslog (RFC 5424): `udp://`, `tcp://` (with octet counting) or `tls://`,"
                    + " and an address or name; the default ports are 514, 514 and 6514. `tls://192.0.2.1#logs.example.org`"
                    + " expects this name in the certificate.");
    static final ValueKey<SyslogConfig.Facility> FACILITY = KEYS.value(
            "facility",
            "local0",
            Formats.oneOf(SyslogConfig.Facility.class),
            RESTART,
            "The facility of the messages: `daemon`, `authpriv`, or `local0` to `local7`.");
    static final ValueKey<Optional<Path>> AUTHORITIES = KEYS.value(
            "authorities",
            "system",
            FileFormats.AUTHORITIES,
            RESTART,
            "File with the certificates of authorities (PEM) that verify a `tls` server. `system` is those of the Java"
                    + " installation.");

    private SyslogKeys() {}
}
