// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.BlockRecord;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;

/** Records for tests, all of one moment. */
public final class Records {

    public static final String TIME = "2026-01-02T03:04:05.678Z";
    public static final long MILLIS = Instant.parse(TIME).toEpochMilli();

    private Records() {}

    public static LogRecord.Binding binding(Change change) {
        return new LogRecord.Binding(MILLIS, change, tcp(50_321));
    }

    public static LogRecord.Session session(Change change) {
        return new LogRecord.Session(
                MILLIS,
                change,
                new SessionRecord(
                        tcp(50_321),
                        Ipv4Address.parse("192.0.2.33"),
                        443,
                        Pref64.WELL_KNOWN,
                        new SessionState(TcpState.ESTABLISHED, false, true, Duration.ofHours(2))));
    }

    /** Ports 50176 to 50687 of a subscriber. */
    public static LogRecord.Block block(Change change) {
        var subscriber = Ipv6Prefix.parse("2001:db8:0:100::/56");
        return new LogRecord.Block(
                MILLIS, change, new BlockRecord(subscriber, Ipv4Address.parse("198.51.100.7"), 50_176, 50_687));
    }

    public static BindingRecord tcp(int port) {
        return binding(Protocol.TCP, port);
    }

    public static BindingRecord binding(Protocol protocol, int port) {
        return new BindingRecord(
                protocol, Ipv6Address.parse("2001:db8::7"), 4000, Ipv4Address.parse("198.51.100.7"), port);
    }

    /** All that an encoder makes of records. */
    static Batch encoded(Encoder encoder, LogRecord... records) {
        var batch = new Batch();
        for (var record : records) {
            encoder.encode(record, batch, MILLIS);
        }
        encoder.finish(batch, MILLIS);
        return batch;
    }

    static String text(Batch batch) {
        return StandardCharsets.US_ASCII.decode(batch.bytes()).toString();
    }
}
