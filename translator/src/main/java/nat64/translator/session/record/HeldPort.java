// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.time.Duration;
import nat64.translator.session.table.Protocol;

/**
 * A released port that no host may get for a time (RFC 6888, REQ-8). It means the same in another process.
 *
 * @param pool4 T, as {@code int}
 * @param port t
 * @param timeLeft until the port is free
 */
public record HeldPort(Protocol protocol, int pool4, int port, Duration timeLeft) {}
