// SPDX-License-Identifier: Apache-2.0
/**
 * Answers one question as the server would, and reports each step. API of the module.
 *
 * <p>Imports {@code query}, {@code health} and what lies below these. Blocks its caller for some seconds at most;
 * serves no client and keeps nothing.
 */
@NullMarked
package nat64.dns64.explain;

import org.jspecify.annotations.NullMarked;
