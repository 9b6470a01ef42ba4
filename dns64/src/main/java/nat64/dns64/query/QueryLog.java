// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.statistics.QueryLogEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.Header;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Hands some or all answered queries to a log, never waiting for it. Safe for many threads; those who answer copy a few
 * bytes, and one thread does the rest.
 */
public final class QueryLog {

    static final int MAX_WAITING = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(QueryLog.class);

    private final QueryLogSettings settings;
    private final BlockingQueue<AnsweredQuery> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder lost = new LongAdder();

    public QueryLog(QueryLogSettings settings) {
        this.settings = settings;
    }

    /** Whether the next query is to be logged. */
    public boolean takesNext() {
        return switch (settings.every()) {
            case 0 -> false;
            case 1 -> true;
            default -> ThreadLocalRandom.current().nextInt(settings.every()) == 0;
        };
    }

    /** Logs one query, or counts it as lost if too many wait. */
    public void add(AnsweredQuery query) {
        if (!waiting.offer(query)) {
            lost.increment();
        }
    }

    /** Queries that were to be logged and were not. */
    public long lost() {
        return lost.sum();
    }

    /** Writes what comes until the thread is interrupted. */
    public void run() {
        try {
            while (true) {
                write(waiting.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(AnsweredQuery query) {
        try {
            settings.sink()
                    .accept(new QueryLogEntry(
                            query.client(),
                            query.transport(),
                            query.view(),
                            question(query.query()),
                            query.rcode(),
                            query.reason(),
                            query.bytes(),
                            query.ready()));
        } catch (IOException | RuntimeException e) {
            lost.increment();
            LOG.debug("cannot log a query", e);
        }
    }

    private static String question(ByteBuffer query) throws IOException {
        var input = new DNSInput(query.duplicate());
        input.jump(Header.LENGTH);
        var name = new Name(input);
        int type = input.readU16();
        return name + " " + DClass.string(input.readU16()) + " " + Type.string(type);
    }
}
