// SPDX-License-Identifier: Apache-2.0
/** Lists: the options that commands for them share, and text in columns. */
@NullMarked
package nat64.gateway.cli.table;

import org.jspecify.annotations.NullMarked;
