// SPDX-License-Identifier: Apache-2.0
/**
 * What an address or a name is to a gateway with a configuration: in sentences for people, and as values for programs.
 * Changes nothing. Imports {@code config}, {@code auto} and {@code replay}.
 */
@NullMarked
package nat64.gateway.explain;

import org.jspecify.annotations.NullMarked;
