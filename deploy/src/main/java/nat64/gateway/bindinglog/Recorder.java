// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.util.List;
import nat64.gateway.bindinglog.format.LogRecord;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.LogRecord.Place;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.BlockRecord;
import nat64.translator.session.record.SessionEvent;
import nat64.translator.session.record.SessionRecord;

/** Makes records of events, and gives them to all sinks. One thread. Times are milliseconds since 1970. */
final class Recorder {

    private final List<Sink> sinks;
    private long dropped; // events, as far as a record tells of them

    Recorder(List<Sink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    void begin(long now) {
        add(new LogRecord.LogStart(now), now);
    }

    void end(long now) {
        add(new LogRecord.LogEnd(now), now);
    }

    /** A binding that was there before the log. */
    void present(BindingRecord binding, long now) {
        add(new LogRecord.Binding(now, Change.PRESENT, binding), now);
    }

    void present(BlockRecord block, long now) {
        add(new LogRecord.Block(now, Change.PRESENT, block), now);
    }

    void present(SessionRecord session, long now) {
        add(new LogRecord.Session(now, Change.PRESENT, session), now);
    }

    /** @param offset from the translator's clock to milliseconds since 1970 */
    void on(SessionEvent event, long offset, long now) {
        long time = event.at() + offset;
        switch (event) {
            case SessionEvent.Bound(var _, var binding) -> add(new LogRecord.Binding(time, Change.START, binding), now);
            case SessionEvent.Unbound(var _, var binding) -> add(new LogRecord.Binding(time, Change.END, binding), now);
            case SessionEvent.Opened(var _, var session) ->
                add(new LogRecord.Session(time, Change.START, session), now);
            case SessionEvent.Closed(var _, var session) -> add(new LogRecord.Session(time, Change.END, session), now);
            case SessionEvent.BlockStarted(var _, var block) ->
                add(new LogRecord.Block(time, Change.START, block), now);
            case SessionEvent.BlockEnded(var _, var block) -> add(new LogRecord.Block(time, Change.END, block), now);
            case SessionEvent.Changed _ -> {} // neither comes nor goes
        }
    }

    /** @param total events that the ring had no room for, since the start */
    void dropped(long total, long now) {
        if (total > dropped) {
            add(new LogRecord.Lost(now, total - dropped, Place.RING), now);
            dropped = total;
        }
    }

    void flushDue(long now) {
        for (var sink : sinks) {
            sink.flushDue(now);
        }
    }

    private void add(LogRecord record, long now) {
        for (var sink : sinks) {
            sink.add(record, now);
        }
    }
}
