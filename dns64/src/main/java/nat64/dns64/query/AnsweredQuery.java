// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;

/**
 * A query and its response, before the question is parsed.
 *
 * @param query bytes of header and question at least; immutable from now on
 * @param reason the label of its {@link AnswerReason}
 * @param bytes length of the response
 * @param ready whether the response was there already
 */
public record AnsweredQuery(
        InetAddress client,
        Transport transport,
        String view,
        ByteBuffer query,
        int rcode,
        String reason,
        int bytes,
        boolean ready) {}
