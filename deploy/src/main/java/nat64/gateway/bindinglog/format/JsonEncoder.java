// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.ByteBuffer;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.BlockRecord;
import nat64.translator.session.record.SessionRecord;

/** One JSON object on each line, with the field names of the admin API. One thread. */
public final class JsonEncoder implements Encoder {

    private static final byte[] TIME = Ascii.bytes("{\"time\":\"");
    private static final byte[] EVENT = Ascii.bytes("\",\"event\":\"");
    private static final byte[] PROTOCOL = Ascii.bytes(",\"protocol\":\"");
    private static final byte[] CLIENT = Ascii.bytes("\",\"client\":\"");
    private static final byte[] CLIENT_PORT = Ascii.bytes("\",\"client_port\":");
    private static final byte[] POOL4 = Ascii.bytes(",\"pool4\":\"");
    private static final byte[] POOL4_PORT = Ascii.bytes("\",\"pool4_port\":");
    private static final byte[] REMOTE = Ascii.bytes(",\"remote\":\"");
    private static final byte[] REMOTE_PORT = Ascii.bytes("\",\"remote_port\":");
    private static final byte[] SUBSCRIBER = Ascii.bytes(",\"subscriber\":\"");
    private static final byte[] BLOCK_POOL4 = Ascii.bytes("\",\"pool4\":\"");
    private static final byte[] FIRST_PORT = Ascii.bytes("\",\"first_port\":");
    private static final byte[] LAST_PORT = Ascii.bytes(",\"last_port\":");
    private static final byte[] RECORDS = Ascii.bytes(",\"records\":");
    private static final byte[] WHERE = Ascii.bytes(",\"where\":\"");

    private final Timestamps timestamps = new Timestamps();

    @Override
    public String format() {
        return "json";
    }

    @Override
    public void encode(LogRecord record, Batch batch, long now) {
        var into = batch.buffer();
        into.put(TIME);
        timestamps.write(into, record.time());
        into.put(EVENT).put(Ascii.bytes(record.event())).put((byte) '"');
        switch (record) {
            case LogRecord.Binding(var _, var _, var binding) -> {
                binding(into, binding);
                batch.countRecord();
            }
            case LogRecord.Session(var _, var _, var session) -> {
                session(into, session);
                batch.countRecord();
            }
            case LogRecord.Block(var _, var _, var block) -> {
                block(into, block);
                batch.countRecord();
            }
            case LogRecord.Lost(var _, var records, var place) -> {
                into.put(RECORDS);
                Ascii.decimal(into, records);
                into.put(WHERE).put(Ascii.bytes(place.label())).put((byte) '"');
            }
            case LogRecord.LogStart _, LogRecord.LogEnd _ -> {}
        }
        into.put((byte) '}').put((byte) '\n');
        batch.endMessage();
    }

    private static void binding(ByteBuffer into, BindingRecord binding) {
        into.put(PROTOCOL).put(Ascii.bytes(binding.protocol().label())).put(CLIENT);
        Ascii.ipv6(into, binding.client().high(), binding.client().low());
        into.put(CLIENT_PORT);
        Ascii.decimal(into, binding.clientPort());
        into.put(POOL4);
        Ascii.ipv4(into, binding.pool4());
        into.put(POOL4_PORT);
        Ascii.decimal(into, binding.pool4Port());
    }

    private static void block(ByteBuffer into, BlockRecord block) {
        into.put(SUBSCRIBER);
        Ascii.ipv6(into, block.subscriber().high(), block.subscriber().low());
        into.put((byte) '/');
        Ascii.decimal(into, block.subscriber().length());
        into.put(BLOCK_POOL4);
        Ascii.ipv4(into, block.pool4());
        into.put(FIRST_PORT);
        Ascii.decimal(into, block.firstPort());
        into.put(LAST_PORT);
        Ascii.decimal(into, block.lastPort());
    }

    private static void session(ByteBuffer into, SessionRecord session) {
        binding(into, session.binding());
        into.put(REMOTE);
        Ascii.ipv4(into, session.remote());
        into.put(REMOTE_PORT);
        Ascii.decimal(into, session.remotePort());
    }
}
