// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

/** A connection that carries many questions at a time. For the thread of one event loop. */
interface UpstreamConnection {

    /** Questions that a connection carries at a time. */
    int MOST_QUESTIONS = 100; // the least that RFC 9113, section 6.5.2, recommends servers to allow

    /** Seconds without a message after which an unused connection is closed (RFC 7766, section 6.2.3). */
    int IDLE_SECONDS = 10;

    /** Questions in a row that were given up before anything came: the connection is dead. */
    int MOST_SILENCES = 2;

    boolean hasRoom();

    void send(PendingQuery query);
}
