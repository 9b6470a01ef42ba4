// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.util.List;

/**
 * Some of what was asked for. Pages are short because the tables are locked meanwhile; a page may be empty although
 * more follow. What is there during the whole listing is listed exactly once; what comes or goes meanwhile, once or not
 * at all.
 *
 * @param cursor where the next page begins, or {@link #END}; it stays valid as long as the tables live
 */
public record Page<T>(List<T> items, long cursor) {

    /** The cursor of the first page. */
    public static final long BEGINNING = 0;

    /** There are no more pages. */
    public static final long END = -1;

    public Page {
        items = List.copyOf(items);
    }

    public boolean isLast() {
        return cursor == END;
    }
}
