// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

/**
 * A binding as it was at a moment.
 *
 * @param sessions that it had
 * @param isStatic whether the operator has made it
 * @param isInBlock whether it has a port of a block of its subscriber
 */
public record ListedBinding(BindingRecord binding, int sessions, boolean isStatic, boolean isInBlock) {}
