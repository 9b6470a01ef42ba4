// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

/**
 * A block of ports as it was at a moment.
 *
 * @param bindings that were in it, of all protocols
 */
public record ListedBlock(BlockRecord block, int bindings) {}
