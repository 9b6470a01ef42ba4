// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

/**
 * How full the BIB and the session table of one protocol are.
 *
 * @param sessions live now
 * @param capacity sessions at most
 * @param bindings live now
 * @param created sessions since start
 * @param expired sessions since start
 */
public record TableCounts(int sessions, int capacity, int bindings, long created, long expired) {}
