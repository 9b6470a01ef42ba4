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

        /** A response came that does not match; the real one may still come. */
        void doubted(Doubt doubt);

        /** No response will come. */
        void failed(Failure failure);
    }

    /** Where a query waits. */
    interface Place {
        void gaveUp(PendingQuery query);
    }

    /** Why a response is rejected. */
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
        /** Too many datagrams came that match no query: an attacker may be guessing (RFC 5452, section 9.3). */
        SUSPICIOUS,
        /** There is no room for another query. */
        OVERLOADED
    }

    private byte[] bytes;
    private final int questionEnd;
    private final Receiver receiver;
    private @Nullable Place home;
    private boolean isWaiting = true;
    private boolean sentAgain;
    private boolean hasRandomCase;

    /**
     * @param bytes the query; its ID is set when it is sent
     * @param questionEnd where its question section ends
     */
    public PendingQuery(byte[] bytes, int questionEnd, Receiver receiver) {
        this.bytes = bytes;
        this.questionEnd = questionEnd;
        this.receiver = receiver;
    }

    byte[] bytes() {
        return bytes;
    }

    int questionEnd() {
        return questionEnd;
    }

    /** Gives it these EDNS options and no others, if it has an OPT record, which stands right behind the question. */
    void setOptions(byte[] options) {
        int end = questionEnd + QueryWriter.OPT;
        if (bytes.length >= end && (options.length > 0 || bytes.length > end)) {
            byte[] changed = Arrays.copyOf(bytes, end + options.length);
            System.arraycopy(options, 0, changed, end, options.length);
            changed[end - 2] = (byte) (options.length >>> Byte.SIZE);
            changed[end - 1] = (byte) options.length;
            bytes = changed;
        }
    }

    /** Fills it up to a multiple of 128 bytes, so that its length reveals nothing (RFC 8467, section 4.1). */
    void pad() {
        setOptions(new byte[0]);
        setOptions(ReplyOptions.padding(bytes.length, PADDING_BLOCK, Message.MAXLENGTH));
    }

    /** Gives the letters of the name a random case, which the response must repeat. */
    public void randomizeCase(UnpredictableNumbers random) {
        QueryWriter.randomizeCase(bytes, questionEnd, random);
        hasRandomCase = true;
    }

    boolean hasRandomCase() {
        return hasRandomCase;
    }

    /** The client cookie among its options; empty if there is none. */
    public byte[] clientCookie() {
        int option = questionEnd + QueryWriter.OPT;
        int cookie = option + OPTION_HEADER;
        return bytes.length >= cookie + UpstreamCookies.CLIENT_COOKIE && bytes[option + 1] == MessageCookies.CODE
                ? Arrays.copyOfRange(bytes, cookie, cookie + UpstreamCookies.CLIENT_COOKIE)
                : new byte[0];
    }

    int id() {
        return (bytes[0] & 0xff) << Byte.SIZE | (bytes[1] & 0xff);
    }

    /** Under this ID it waits there. */
    void waitAt(Place place, int id) {
        home = place;
        bytes[0] = (byte) (id >>> Byte.SIZE);
        bytes[ID_LENGTH - 1] = (byte) id;
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

    /** The query has timed out; a response that still comes is received nevertheless. */
    public void giveUp() {
        if (isWaiting) {
            isWaiting = false;
            if (home != null) {
                home.gaveUp(this);
            }
        }
    }
}
