// SPDX-License-Identifier: Apache-2.0
/**
 * What an address or a name is to a gateway with a configuration, in sentences for people. Imports {@code config} and
 * {@code auto}.
 */
@NullMarked
package nat64.gateway.cli.explain;

import org.jspecify.annotations.NullMarked;
