// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.net.InetAddress;

/**
 * One answered query.
 *
 * @param view the name of the client's view
 * @param question name in the letter case of the client, type and class: {@code www.example.org. IN AAAA}
 * @param rcode the four bits of the header
 * @param reason the label of its {@link AnswerReason}
 * @param bytes length of the response
 * @param ready whether the response was there already
 */
public record QueryLogEntry(
        InetAddress client,
        Transport transport,
        String view,
        String question,
        int rcode,
        String reason,
        int bytes,
        boolean ready) {}
