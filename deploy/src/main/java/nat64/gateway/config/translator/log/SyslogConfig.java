// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The log of bindings as syslog.
 *
 * @param server nothing for no syslog
 * @param authorities who verify a TLS server's certificate; nothing for those of the Java installation
 */
public record SyslogConfig(Optional<LogServer> server, Facility facility, Optional<Path> authorities) {

    /** Which part of a system a message comes from, as far as it may be this one (RFC 5424, table 1). */
    public enum Facility {
        DAEMON(3),
        AUTHPRIV(10),
        LOCAL0(16),
        LOCAL1(17),
        LOCAL2(18),
        LOCAL3(19),
        LOCAL4(20),
        LOCAL5(21),
        LOCAL6(22),
        LOCAL7(23);

        private final int number;

        Facility(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }
}
