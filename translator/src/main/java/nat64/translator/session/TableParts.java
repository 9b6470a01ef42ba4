// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;

/**
 * What the tables of all protocols are made of.
 *
 * @param arena for their memory, which must outlive them
 * @param rules those of the start
 * @param random for ports and hashes; used by one thread at a time
 */
record TableParts(
        Arena arena, TableSettings settings, SessionRules rules, Subscribers subscribers, RandomGenerator random) {}
