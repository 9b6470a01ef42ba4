// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import nat64.dns64.message.MessageLimits;
import nat64.dns64.statistics.Transport;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.Record;

/**
 * A well-formed query of a client.
 *
 * @param question name in the letter case of the client, type and class
 * @param authenticData the AD bit: the client wants to hear whether signatures prove the answer (RFC 6840, section 5.7)
 * @param edns what the OPT record says, or null if there is none
 */
public record Query(
        int id,
        Record question,
        boolean recursionDesired,
        boolean checkingDisabled,
        boolean authenticData,
        @Nullable Edns edns,
        Transport transport) {

    /**
     * EDNS of a query (RFC 6891, section 6.1.3).
     *
     * @param cookies of RFC 7873, or null
     * @param wantsKeepalive whether the client asks how long the connection may idle (RFC 7828)
     * @param isPadded whether the query is padded (RFC 7830)
     */
    record Edns(
            int version,
            int payloadSize,
            boolean dnssecOk,
            @Nullable CookieOption cookies,
            boolean wantsKeepalive,
            boolean isPadded) {

        /** Without options. */
        static Edns plain(int version, int payloadSize, boolean dnssecOk) {
            return new Edns(version, payloadSize, dnssecOk, null, false, false);
        }

        /** Bytes of a response over UDP, less those of the cookies that are added to it. */
        private int limit() {
            int limit = MessageLimits.udpResponse(payloadSize);
            return cookies == null ? limit : limit - ClientOptions.COOKIE_OPTION;
        }
    }

    boolean dnssecOk() {
        return edns != null && edns.dnssecOk;
    }

    /** Bytes that the response may have before options for this client are added to it. */
    int responseLimit() {
        if (transport != Transport.UDP) {
            return MessageLimits.LARGEST_MESSAGE;
        }
        return edns == null ? MessageLimits.SMALLEST_UDP_PAYLOAD : edns.limit();
    }
}
