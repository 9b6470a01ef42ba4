// SPDX-License-Identifier: Apache-2.0
/**
 * Reads how queries are answered: for all clients, and in {@code dns64.views} for some. Imports {@code config.file},
 * {@code config.common} and the settings of the DNS64.
 */
@NullMarked
package nat64.gateway.config.dns64.view;

import org.jspecify.annotations.NullMarked;
