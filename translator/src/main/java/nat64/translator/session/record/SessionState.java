// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.time.Duration;
import nat64.translator.session.table.TcpState;

/**
 * How a session stands at a moment.
 *
 * @param tcp STATELESS of other protocols
 * @param fromIpv4 whether the IPv4 host spoke first
 * @param answered whether both sides have sent; a session that is not may end early when there is little room
 * @param timeLeft until the session expires if no packet comes
 * @param age since the session was opened, in whole seconds
 */
public record SessionState(TcpState tcp, boolean fromIpv4, boolean answered, Duration timeLeft, Duration age) {

    /** Of a session that has just been opened. */
    public SessionState(TcpState tcp, boolean fromIpv4, boolean answered, Duration timeLeft) {
        this(tcp, fromIpv4, answered, timeLeft, Duration.ZERO);
    }
}
