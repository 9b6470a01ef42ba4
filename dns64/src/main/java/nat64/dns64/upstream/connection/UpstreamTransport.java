// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

/** A way to one server, on one event loop, whose thread alone may use it. */
public interface UpstreamTransport {

    /** Sends the query as soon as may be; its receiver hears of it, perhaps before this returns. */
    void send(PendingQuery query);
}
