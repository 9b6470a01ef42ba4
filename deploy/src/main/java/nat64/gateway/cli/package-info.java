// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of the program: options, exit codes, and text for people. The top layer: imports all others, and nothing
 * imports it. Checks options; the configuration is checked by {@code config}.
 */
@NullMarked
package nat64.gateway.cli;

import org.jspecify.annotations.NullMarked;
