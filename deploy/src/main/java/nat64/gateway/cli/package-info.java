// SPDX-License-Identifier: Apache-2.0
/** The commands. */
@NullMarked
package nat64.gateway.cli;

import org.jspecify.annotations.NullMarked;
