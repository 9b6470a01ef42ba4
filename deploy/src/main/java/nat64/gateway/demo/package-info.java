// SPDX-License-Identifier: Apache-2.0
/**
 * The demonstration {@code nat64 demo}: a sequence of checks on a test bed, and how they are shown. Imports {@code
 * testbed} and {@code host}. Runs on the thread of the command.
 */
@NullMarked
package nat64.gateway.demo;

import org.jspecify.annotations.NullMarked;
