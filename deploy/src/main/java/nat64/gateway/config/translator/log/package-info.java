// SPDX-License-Identifier: Apache-2.0
/** The section {@code translator.binding-log}: what the log of bindings holds, and where it goes. */
@NullMarked
package nat64.gateway.config.translator.log;

import org.jspecify.annotations.NullMarked;
