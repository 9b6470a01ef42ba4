// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.ByteBuffer;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.BlockRecord;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.table.Protocol;

/**
 * Messages of IPFIX (RFC 7011) with the elements for NAT (RFC 8158), for UDP: none is larger than 1400 bytes, and the
 * templates are told again from time to time (section 8.1). One thread.
 */
public final class IpfixEncoder implements Encoder {

    static final int LARGEST_MESSAGE = 1400;
    static final long BETWEEN_TEMPLATES = 60_000; // milliseconds

    private static final int VERSION = 10;
    private static final int LENGTH = 2; // RFC 7011, section 3.1
    private static final int EXPORT_TIME = 4;
    private static final int SET_HEADER = 4;
    private static final int MILLIS = 1000;

    private static final int SESSION_CREATE = 6; // RFC 8158, table 2
    private static final int SESSION_DELETE = 7;
    private static final int BIB_CREATE = 10;
    private static final int BIB_DELETE = 11;
    private static final int BLOCK_ALLOCATION = 16;
    private static final int BLOCK_DEALLOCATION = 17;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58; // what the client sends

    private static final int NONE = -1;

    private final int domain;
    private final int process;
    private int sequence; // data records before this message, modulo 2^32
    private long lost;
    private long templatesAt;
    private boolean needsTemplates = true;
    private int message = NONE; // where the open one begins
    private int set = NONE; // where the open one begins
    private int setId = NONE;
    private int recordsInMessage;

    /**
     * @param domain the observation domain, an unsigned number
     * @param process number of this process
     */
    public IpfixEncoder(int domain, long process) {
        this.domain = domain;
        this.process = (int) process;
    }

    @Override
    public String format() {
        return "ipfix";
    }

    @Override
    public void encode(LogRecord record, Batch batch, long now) {
        switch (record) {
            case LogRecord.Binding(var time, var change, var binding) -> {
                var into = begin(IpfixTemplate.BINDING, batch, now);
                binding(into.putLong(time), change == Change.END ? BIB_DELETE : BIB_CREATE, binding);
                batch.countRecord();
            }
            case LogRecord.Session(var time, var change, var session) -> {
                var into = begin(IpfixTemplate.SESSION, batch, now).putLong(time);
                session(into, change == Change.END ? SESSION_DELETE : SESSION_CREATE, session);
                batch.countRecord();
            }
            case LogRecord.Block(var time, var change, var block) -> {
                var into = begin(IpfixTemplate.BLOCK, batch, now).putLong(time);
                block(into, change == Change.END ? BLOCK_DEALLOCATION : BLOCK_ALLOCATION, block);
                batch.countRecord();
            }
            case LogRecord.Lost(var time, var records, var _) -> {
                lost += records;
                begin(IpfixTemplate.LOSSES, batch, now)
                        .putInt(process)
                        .putLong(time)
                        .putLong(lost);
            }
            case LogRecord.LogStart _, LogRecord.LogEnd _ -> {} // IPFIX has no such event
        }
    }

    private static void binding(ByteBuffer into, int event, BindingRecord binding) {
        into.put((byte) event)
                .putLong(binding.client().high())
                .putLong(binding.client().low())
                .putInt(binding.pool4())
                .put((byte) number(binding.protocol()))
                .putShort((short) binding.clientPort())
                .putShort((short) binding.pool4Port());
    }

    private static void block(ByteBuffer into, int event, BlockRecord block) {
        into.put((byte) event)
                .putLong(block.subscriber().high())
                .putLong(block.subscriber().low())
                .put((byte) block.subscriber().length())
                .putInt(block.pool4())
                .putShort((short) block.firstPort())
                .putShort((short) block.lastPort());
    }

    private static void session(ByteBuffer into, int event, SessionRecord session) {
        binding(into, event, session.binding());
        var destination = session.pref64().embed(session.remote()); // as the client sees it
        into.putLong(destination.high())
                .putLong(destination.low())
                .putInt(session.remote())
                .putShort((short) session.remotePort())
                .putShort((short) session.remotePort());
    }

    private static int number(Protocol protocol) {
        return switch (protocol) {
            case TCP -> TCP;
            case UDP -> UDP;
            case ICMP -> ICMPV6;
        };
    }

    /** Makes room for a record, in a set of its template. */
    private ByteBuffer begin(IpfixTemplate template, Batch batch, long now) {
        var into = batch.buffer();
        if (message != NONE && into.position() - message + SET_HEADER + template.recordLength() > LARGEST_MESSAGE) {
            finish(batch, now);
        }
        if (message == NONE) {
            beginMessage(into, now);
        }
        if (setId != template.id()) {
            endSet(into);
            set = into.position();
            setId = template.id();
            into.putShort((short) template.id()).putShort((short) 0);
        }
        recordsInMessage++;
        return into;
    }

    private void beginMessage(ByteBuffer into, long now) {
        message = into.position();
        recordsInMessage = 0;
        into.putShort((short) VERSION)
                .putShort((short) 0)
                .putInt(0)
                .putInt(sequence)
                .putInt(domain);
        if (needsTemplates || now - templatesAt >= BETWEEN_TEMPLATES || now < templatesAt) {
            IpfixTemplate.ALL.forEach(template -> template.write(into));
            templatesAt = now;
            needsTemplates = false;
        }
    }

    private void endSet(ByteBuffer into) {
        if (set != NONE) {
            into.putShort(set + LENGTH, (short) (into.position() - set));
            set = NONE;
            setId = NONE;
        }
    }

    @Override
    public void finish(Batch batch, long now) {
        if (message == NONE) {
            return;
        }
        var into = batch.buffer();
        endSet(into);
        into.putShort(message + LENGTH, (short) (into.position() - message));
        into.putInt(message + EXPORT_TIME, (int) (now / MILLIS));
        sequence += recordsInMessage;
        message = NONE;
        batch.endMessage();
    }

    @Override
    public void dropped() {
        needsTemplates = true; // it may have had them
    }
}
