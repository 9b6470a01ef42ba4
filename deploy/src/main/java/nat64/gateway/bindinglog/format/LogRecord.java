// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.util.Locale;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.BlockRecord;
import nat64.translator.session.record.SessionRecord;

/** What the binding log tells. The time is in milliseconds since 1970 in UTC. */
public sealed interface LogRecord {

    long time();

    /** The name of the event, in every text format. */
    String event();

    /** What happened to a binding, session or block of ports. */
    enum Change {
        START,
        /** It was there when the log began. */
        PRESENT,
        END;

        private final String ofBinding = "binding_" + name().toLowerCase(Locale.ROOT);
        private final String ofSession = "session_" + name().toLowerCase(Locale.ROOT);
        private final String ofBlock = "block_" + name().toLowerCase(Locale.ROOT);
    }

    /** Where records got lost. */
    enum Place {
        /** Between the translator and the log: the log was too slow for all events. */
        RING,
        /** Between the log and a file or collector, which was too slow or could not be reached. */
        QUEUE;

        private final String label = name().toLowerCase(Locale.ROOT);

        public String label() {
            return label;
        }
    }

    /** A binding: from its start to its end, no other client has its address and port of pool4. */
    record Binding(long time, Change change, BindingRecord binding) implements LogRecord {
        @Override
        public String event() {
            return change.ofBinding;
        }
    }

    /** A block of ports: from its start to its end, hosts of one subscriber only have bindings with its ports. */
    record Block(long time, Change change, BlockRecord block) implements LogRecord {
        @Override
        public String event() {
            return change.ofBlock;
        }
    }

    /** A session, with the IPv4 host on its other side. */
    record Session(long time, Change change, SessionRecord session) implements LogRecord {
        @Override
        public String event() {
            return change.ofSession;
        }
    }

    /**
     * Records before this one are missing.
     *
     * @param records how many
     */
    record Lost(long time, long records, Place place) implements LogRecord {
        @Override
        public String event() {
            return "lost";
        }
    }

    /** The log begins; bindings that were there before follow as {@link Change#PRESENT}. */
    record LogStart(long time) implements LogRecord {
        @Override
        public String event() {
            return "log_start";
        }
    }

    /** The log ends with the gateway; bindings may live on in the next one. */
    record LogEnd(long time) implements LogRecord {
        @Override
        public String event() {
            return "log_end";
        }
    }
}
