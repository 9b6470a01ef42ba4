// SPDX-License-Identifier: Apache-2.0
/**
 * What the clients of one network may use up: responses, connections, processor time, memory.
 *
 * <p>Imports {@code settings} and {@code view}. Knows no socket and no clock; all types are safe for many threads.
 */
@NullMarked
package nat64.dns64.limit;

import org.jspecify.annotations.NullMarked;
