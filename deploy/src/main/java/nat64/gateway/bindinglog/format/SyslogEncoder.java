// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.ByteBuffer;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.BlockRecord;

/**
 * Messages of syslog (RFC 5424) with all values as structured data, and no text. One thread.
 *
 * <p>The number in the identifier of the structured data is the one for documentation (RFC 5612): this project has none
 * of its own, and a collector only compares it.
 */
public final class SyslogEncoder implements Encoder {

    private static final int INFORMATIONAL = 6; // RFC 5424, table 2
    private static final int WARNING = 4;
    private static final int SEVERITIES = 8;
    private static final int LONGEST_HOST = 255; // section 6
    private static final byte[] PROTOCOL = Ascii.bytes(" protocol=\"");
    private static final byte[] CLIENT = Ascii.bytes("\" client=\"");
    private static final byte[] CLIENT_PORT = Ascii.bytes("\" client_port=\"");
    private static final byte[] POOL4 = Ascii.bytes("\" pool4=\"");
    private static final byte[] POOL4_PORT = Ascii.bytes("\" pool4_port=\"");
    private static final byte[] REMOTE = Ascii.bytes("\" remote=\"");
    private static final byte[] REMOTE_PORT = Ascii.bytes("\" remote_port=\"");
    private static final byte[] SUBSCRIBER = Ascii.bytes(" subscriber=\"");
    private static final byte[] FIRST_PORT = Ascii.bytes("\" first_port=\"");
    private static final byte[] LAST_PORT = Ascii.bytes("\" last_port=\"");
    private static final byte[] RECORDS = Ascii.bytes(" records=\"");
    private static final byte[] WHERE = Ascii.bytes("\" where=\"");
    private static final byte[] NO_DATA = Ascii.bytes(" -");
    private static final byte[] DATA = Ascii.bytes(" [nat64@32473");
    private static final byte[] DATA_END = Ascii.bytes("\"]");

    private final Framing framing;
    private final int facility;
    private final byte[] origin;
    private final Timestamps timestamps = new Timestamps();
    private final ByteBuffer message = ByteBuffer.allocate(Batch.LARGEST_RECORD);

    /** How a receiver finds the end of a message. */
    public enum Framing {
        /** Each has a datagram (RFC 5426, section 3.1). */
        DATAGRAM,
        /** Its length comes first (RFC 6587, section 3.4.1; RFC 5425, section 4.3). */
        OCTET_COUNTING
    }

    /**
     * @param facility its number (RFC 5424, table 1)
     * @param host name of this host
     * @param process number of this process
     */
    public SyslogEncoder(Framing framing, int facility, String host, long process) {
        this.framing = framing;
        this.facility = facility;
        origin = Ascii.bytes(" " + printable(host) + " nat64 " + process + " ");
    }

    private static String printable(String host) {
        var name = host.replaceAll("[^!-~]", "");
        return name.isEmpty() ? "-" : name.substring(0, Math.min(name.length(), LONGEST_HOST));
    }

    @Override
    public String format() {
        return "syslog";
    }

    @Override
    public void encode(LogRecord record, Batch batch, long now) {
        message.clear();
        header(record);
        switch (record) {
            case LogRecord.Binding(var _, var _, var binding) -> {
                message.put(DATA);
                binding(binding);
                message.put(DATA_END);
                batch.countRecord();
            }
            case LogRecord.Session(var _, var _, var session) -> {
                message.put(DATA);
                binding(session.binding());
                message.put(REMOTE);
                Ascii.ipv4(message, session.remote());
                message.put(REMOTE_PORT);
                Ascii.decimal(message, session.remotePort());
                message.put(DATA_END);
                batch.countRecord();
            }
            case LogRecord.Block(var _, var _, var block) -> {
                message.put(DATA);
                block(block);
                message.put(DATA_END);
                batch.countRecord();
            }
            case LogRecord.Lost(var _, var records, var place) -> {
                message.put(DATA).put(RECORDS);
                Ascii.decimal(message, records);
                message.put(WHERE).put(Ascii.bytes(place.label())).put(DATA_END);
            }
            case LogRecord.LogStart _, LogRecord.LogEnd _ -> message.put(NO_DATA);
        }
        append(batch);
    }

    private void append(Batch batch) {
        message.flip();
        var into = batch.buffer();
        if (framing == Framing.OCTET_COUNTING) {
            Ascii.decimal(into, message.limit());
            into.put((byte) ' ');
        }
        into.put(message);
        batch.endMessage();
    }

    private void header(LogRecord record) {
        message.put((byte) '<');
        Ascii.decimal(message, facility * SEVERITIES + (record instanceof LogRecord.Lost ? WARNING : INFORMATIONAL));
        message.put((byte) '>').put((byte) '1').put((byte) ' ');
        timestamps.write(message, record.time());
        message.put(origin).put(Ascii.bytes(record.event()));
    }

    private void block(BlockRecord block) {
        message.put(SUBSCRIBER);
        Ascii.ipv6(message, block.subscriber().high(), block.subscriber().low());
        message.put((byte) '/');
        Ascii.decimal(message, block.subscriber().length());
        message.put(POOL4);
        Ascii.ipv4(message, block.pool4());
        message.put(FIRST_PORT);
        Ascii.decimal(message, block.firstPort());
        message.put(LAST_PORT);
        Ascii.decimal(message, block.lastPort());
    }

    private void binding(BindingRecord binding) {
        message.put(PROTOCOL).put(Ascii.bytes(binding.protocol().label())).put(CLIENT);
        Ascii.ipv6(message, binding.client().high(), binding.client().low());
        message.put(CLIENT_PORT);
        Ascii.decimal(message, binding.clientPort());
        message.put(POOL4);
        Ascii.ipv4(message, binding.pool4());
        message.put(POOL4_PORT);
        Ascii.decimal(message, binding.pool4Port());
    }
}
