// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64s;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.BlockRecord;
import nat64.translator.session.record.ListedBinding;
import nat64.translator.session.record.ListedBlock;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.table.Protocol;

/**
 * Lists rows page by page. A cursor is the number of the next row, above it that of the protocol: rows never move, so
 * it stays right whatever comes and goes. One thread at a time.
 */
final class Listing {

    /** Of each, some thousand ports are counted. */
    private static final int ADDRESSES_PER_STEP = 4;

    private final List<ProtocolTables> tables;

    private final PortBlocks blocks;

    Listing(List<ProtocolTables> tables, PortBlocks blocks) {
        this.tables = tables;
        this.blocks = blocks;
    }

    Page<SessionRecord> sessions(RecordFilter filter, long cursor, int most, Pref64s pref64s, long now) {
        return list(cursor, most, (of, row) -> of.sessions.rowsTouched() > row, (of, row, items) -> {
            if (of.sessions.isLive(row) && filter.matches(of.protocol()) && filter.matches(of.sessions, row)) {
                items.add(SessionRecord.of(of.protocol(), of.sessions, row, pref64s, now));
            }
        });
    }

    Page<ListedBinding> bindings(RecordFilter filter, long cursor, int most) {
        return list(cursor, most, (of, row) -> of.bib.rowsTouched() > row, (of, row, items) -> {
            if (of.bib.isLive(row) && filter.matches(of.protocol()) && filter.matches(of.bib, row)) {
                var binding = BindingRecord.of(of.protocol(), of.bib, row);
                items.add(
                        new ListedBinding(binding, of.bib.sessions(row), of.bib.isStatic(row), of.bib.isInBlock(row)));
            }
        });
    }

    /** Blocks that subscribers have; the cursor is the number of the next one. */
    Page<ListedBlock> blocks(RecordFilter filter, long cursor, int most) {
        var items = new ArrayList<ListedBlock>();
        int block = (int) cursor;
        for (int i = 0; i < SessionTables.ROWS_PER_STEP && block < blocks.size() && items.size() < most; i++) {
            if (!filter.matchesPool4(blocks.address(block))) {
                block = blocks.nextAddress(block);
                continue;
            }
            if (blocks.bindings(block) > 0 && filter.matches(blocks, block)) {
                var subscriber = new Ipv6Prefix(
                        blocks.ownerHigh(block),
                        blocks.ownerLow(block),
                        blocks.settings().prefixLength());
                var record = new BlockRecord(
                        subscriber, blocks.address(block), blocks.firstPort(block), blocks.lastPort(block));
                items.add(new ListedBlock(record, blocks.bindings(block)));
            }
            block++;
        }
        return new Page<>(items, block < blocks.size() ? block : Page.END);
    }

    /** A page of pool4 addresses, draining ones included; the cursor is the index of the next one. */
    Page<Pool4Record> pool4(Pool4 pool4, long cursor, int most) {
        var items = new ArrayList<Pool4Record>();
        int index = (int) cursor;
        while (index < pool4.size() && items.size() < Math.min(most, ADDRESSES_PER_STEP)) {
            items.add(address(pool4, index++));
        }
        return new Page<>(items, index < pool4.size() ? index : Page.END);
    }

    private Pool4Record address(Pool4 pool4, int index) {
        var ports = new EnumMap<Protocol, Pool4Record.Ports>(Protocol.class);
        for (var of : tables) {
            int held = of.quarantine.held(index);
            ports.put(of.protocol(), new Pool4Record.Ports(of.ports.taken(index) - held, held, of.ports.free(index)));
        }
        return new Pool4Record(pool4.address(index), pool4.portsOf(index), ports, blocksOf(index));
    }

    private Optional<Pool4Record.Blocks> blocksOf(int index) {
        if (!blocks.isOn()) {
            return Optional.empty();
        }
        var usage = blocks.usageOf(index);
        return Optional.of(new Pool4Record.Blocks(usage.used(), usage.resting(), usage.free()));
    }

    private interface HasRow {
        boolean test(ProtocolTables tables, int row);
    }

    private interface Reader<T> {
        void read(ProtocolTables tables, int row, List<T> items);
    }

    private <T> Page<T> list(long cursor, int most, HasRow hasRow, Reader<T> reader) {
        var items = new ArrayList<T>();
        int table = (int) (cursor >>> 32);
        int row = (int) cursor;
        int looked = 0;
        while (table < tables.size() && items.size() < most && looked++ < SessionTables.ROWS_PER_STEP) {
            var of = tables.get(table);
            if (hasRow.test(of, row)) {
                reader.read(of, row++, items);
            } else {
                table++;
                row = 0;
            }
        }
        return new Page<>(items, table < tables.size() ? ((long) table << 32) | row : Page.END);
    }
}
