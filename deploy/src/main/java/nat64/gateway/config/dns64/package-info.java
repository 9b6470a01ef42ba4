// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the section {@code dns64}. The readers check what the section says, and hand on values that cannot be wrong.
 * Imports {@code config.file}, {@code config.common} the settings of the DNS64, and the two
 * packages inside, which read who is asked ({@code upstream}) and how queries are answered ({@code view}).
 */
@NullMarked
package nat64.gateway.config.dns64;

import org.jspecify.annotations.NullMarked;
