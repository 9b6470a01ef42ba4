// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;

/**
 * A query and its response, before anybody has read the question.
 *
 * @param query octets of header and question at least; nobody changes them any more
 * @param reason the label of its {@link AnswerReason}
 * @param octets length of the response
 * @param ready whether the response was there already
 */
public record AnsweredQuery(
        InetAddress client,
        Transport transport,
        String view,
        ByteBuffer query,
        int rcode,
        String reason,
        int octets,
        boolean ready) {}
