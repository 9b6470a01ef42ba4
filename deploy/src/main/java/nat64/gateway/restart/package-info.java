// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the sessions of a stateful translator in a file, and gives them to the next gateway on this host. A thread of
 * its own writes; the thread that starts the gateway reads. Imports {@code system} and the translator.
 */
@NullMarked
package nat64.gateway.restart;

import org.jspecify.annotations.NullMarked;
