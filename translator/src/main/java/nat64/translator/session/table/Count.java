// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.util.concurrent.atomic.AtomicLong;

/** A number that one thread at a time changes and any may read. A change costs as much as that of a plain field. */
public final class Count {

    private final AtomicLong value = new AtomicLong();

    public void add(long change) {
        value.setOpaque(value.getPlain() + change);
    }

    public long get() {
        return value.getOpaque();
    }
}
