// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import java.util.List;
import java.util.Optional;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.SubscriberRecord;

/**
 * What the tables of a stateful translator held at a moment, as far as only a worker can tell.
 *
 * @param occupancy of all pool4 addresses together; empty if no worker has answered in time
 * @param addresses of pool4, the first ones
 * @param isComplete whether pool4 has no more addresses than these
 * @param topSubscribers those with the most sessions, the first one first
 */
public record TableSample(
        Optional<Occupancy> occupancy,
        List<Pool4Record> addresses,
        boolean isComplete,
        List<SubscriberRecord> topSubscribers) {

    /** Nothing is known. */
    public static final TableSample NONE = new TableSample(Optional.empty(), List.of(), true, List.of());

    public TableSample {
        addresses = List.copyOf(addresses);
        topSubscribers = List.copyOf(topSubscribers);
    }
}
