// SPDX-License-Identifier: Apache-2.0
/**
 * What operators change while the gateway runs, apart from its configuration file: static bindings and pool4 addresses
 * that drain, as values that are applied to a configuration. Imports {@code config}.
 */
@NullMarked
package nat64.gateway.live;

import org.jspecify.annotations.NullMarked;
