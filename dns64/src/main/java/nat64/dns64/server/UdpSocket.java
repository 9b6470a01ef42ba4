// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.flush.FlushConsolidationHandler;
import nat64.dns64.wire.WireCache;

/** What each UDP socket goes through: responses gathered to be sent together, queries. */
final class UdpSocket extends ChannelInitializer<Channel> {

    private static final int RESPONSES_PER_FLUSH = 256;

    private final QueryHandler queries;
    private final WireCache ready;
    private final Counters counters;
    private final ClientOptions options;
    private final ResponseRates rates;

    UdpSocket(QueryHandler queries, WireCache ready, Counters counters, ClientOptions options, ResponseRates rates) {
        this.options = options;
        this.rates = rates;
        this.queries = queries;
        this.ready = ready;
        this.counters = counters;
    }

    @Override
    protected void initChannel(Channel socket) {
        socket.pipeline()
                .addLast(new FlushConsolidationHandler(RESPONSES_PER_FLUSH, true))
                .addLast(new UdpHandler(queries, ready, counters, options, rates));
    }
}
