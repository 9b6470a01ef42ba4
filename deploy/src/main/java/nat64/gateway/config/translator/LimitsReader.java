// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.time.Duration;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Section;
import nat64.translator.session.PortHold;
import nat64.translator.session.SubscriberLimits;

/** Reads what one subscriber may take, and how long ports rest. */
final class LimitsReader {

    private static final Format<Integer> LIMIT = Formats.integer(0, 1_000_000_000);
    private static final Format<Duration> REST = new Format<>(
            "2m", Formats.DURATION.and(time -> new PortHold(time, 1)).parser());

    private LimitsReader() {}

    static PortHold hold(Section translator) {
        return new PortHold(
                translator.value("port-hold", "2m", REST).value(),
                translator
                        .value("max-held-ports", "16384", Formats.integer(1, PortHold.MOST_PORTS))
                        .value());
    }

    static SubscriberLimits limits(Section subscribers) {
        return new SubscriberLimits(
                subscribers
                        .value("prefix-length", "64", Formats.integer(1, 128))
                        .value(),
                subscribers.value("max-sessions", "0", LIMIT).value(),
                subscribers.value("max-ports", "0", LIMIT).value(),
                subscribers.value("new-sessions-per-second", "0", LIMIT).value());
    }
}
