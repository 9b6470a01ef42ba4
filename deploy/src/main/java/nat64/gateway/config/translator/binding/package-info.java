// SPDX-License-Identifier: Apache-2.0
/** Static bindings as an operator writes them. */
@NullMarked
package nat64.gateway.config.translator.binding;

import org.jspecify.annotations.NullMarked;
