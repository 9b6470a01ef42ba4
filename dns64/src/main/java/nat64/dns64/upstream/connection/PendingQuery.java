// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import java.util.Arrays;
import nat64.dns64.message.MessageCookies;
import nat64.dns64.message.ReplyOptions;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/** A query on its way to a server. For the thread of one event loop. */
public final class PendingQuery {

    private static final int ID_LENGTH = 2;
    private static final int OPTION_HEADER = 4;
    private static final int PADDING_BLOCK = 128;

    /** Where the response goes. */
    public interface Receiver {
        /** The response, matched to the query; perhaps after the query was given up. */
        void answered(byte[] response);

        /** Something like the response came, and can't be believed; the true one may yet come. */
        void doubted(Doubt doubt);

        /** No response will come. */
        void failed(Failure failure);
    }

    /** Where a query waits. */
    interface Place {
        void gaveUp(PendingQuery query);
    }

    /** Why something like the response can't be believed. */
    public enum Doubt {
        /** It has not the cookie that it should have. */
        COOKIE,
        /** The name is not in the letter case of the query. */
        LETTER_CASE
    }

    /** Why no response will come. */
    public enum Failure {
        /** The network or the server says so, or the connection broke. */
        UNREACHABLE,
        /** Too many datagrams came that match no query: somebody may be guessing (RFC 5452, section 9.3). */
        SUSPICIOUS,
        /** There is no room for another query. */
        OVERLOADED
    }

    private byte[] octets;
    private final int questionEnd;
    private final Receiver receiver;
    private @Nullable Place home;
    private boolean isWaiting = true;
    private boolean sentAgain;
    private boolean hasRandomCase;

    /**
     * @param octets the query; its ID is set when it is sent
     * @param questionEnd where its question section ends
     */
    public PendingQuery(byte[] octets, int questionEnd, Receiver receiver) {
        this.octets = octets;
        this.questionEnd = questionEnd;
        this.receiver = receiver;
    }

    byte[] octets() {
        return octets;
    }

    int questionEnd() {
        return questionEnd;
    }

    /** Gives it these EDNS options and no others, if it has an OPT record, which stands right behind the question. */
    void setOptions(byte[] options) {
        int end = questionEnd + QueryWriter.OPT;
        if (octets.length >= end && (options.length > 0 || octets.length > end)) {
            byte[] changed = Arrays.copyOf(octets, end + options.length);
            System.arraycopy(options, 0, changed, end, options.length);
            changed[end - 2] = (byte) (options.length >>> Byte.SIZE);
            changed[end - 1] = (byte) options.length;
            octets = changed;
        }
    }

    /** Fills it up to a multiple of 128 octets, so that its length tells nothing (RFC 8467, section 4.1). */
    void pad() {
        setOptions(new byte[0]);
        setOptions(ReplyOptions.padding(octets.length, PADDING_BLOCK, Message.MAXLENGTH));
    }

    /** Gives the letters of the name a random case, which the response must repeat. */
    public void randomizeCase(UnpredictableNumbers random) {
        QueryWriter.randomizeCase(octets, questionEnd, random);
        hasRandomCase = true;
    }

    boolean hasRandomCase() {
        return hasRandomCase;
    }

    /** The client cookie among its options; empty if there is none. */
    public byte[] clientCookie() {
        int option = questionEnd + QueryWriter.OPT;
        int cookie = option + OPTION_HEADER;
        return octets.length >= cookie + UpstreamCookies.CLIENT_COOKIE && octets[option + 1] == MessageCookies.CODE
                ? Arrays.copyOfRange(octets, cookie, cookie + UpstreamCookies.CLIENT_COOKIE)
                : new byte[0];
    }

    int id() {
        return (octets[0] & 0xff) << Byte.SIZE | (octets[1] & 0xff);
    }

    /** Under this ID it waits there. */
    void waitAt(Place place, int id) {
        home = place;
        octets[0] = (byte) (id >>> Byte.SIZE);
        octets[ID_LENGTH - 1] = (byte) id;
    }

    /** Whether this is the first time that it is to be sent again. */
    boolean mayBeSentAgain() {
        boolean first = !sentAgain;
        sentAgain = true;
        return first;
    }

    /** Whether neither a response nor a failure came, and it was not given up. */
    boolean isWaiting() {
        return isWaiting;
    }

    void answered(byte[] response) {
        isWaiting = false;
        receiver.answered(response);
    }

    void doubted(Doubt doubt) {
        if (isWaiting) {
            receiver.doubted(doubt);
        }
    }

    void failed(Failure failure) {
        if (isWaiting) {
            isWaiting = false;
            receiver.failed(failure);
        }
    }

    /** Nobody waits for it any more; a response that comes yet is received all the same. */
    public void giveUp() {
        if (isWaiting) {
            isWaiting = false;
            if (home != null) {
                home.gaveUp(this);
            }
        }
    }
}
