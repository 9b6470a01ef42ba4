// SPDX-License-Identifier: Apache-2.0
/** The labs of the documentation, each from building its hosts to removing them. */
@NullMarked
package nat64.gateway.e2e.labs;

import org.jspecify.annotations.NullMarked;
