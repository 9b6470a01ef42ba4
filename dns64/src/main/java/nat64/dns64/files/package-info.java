// SPDX-License-Identifier: Apache-2.0
/**
 * Files of the operator that may change while the server runs: certificates with their keys, secrets of cookies.
 *
 * <p>Imports {@code message}. Reads from the disk, so its methods named {@code look} and its constructors run on
 * threads that may block, never on an event loop. A file that can't be used is refused with its name and the reason;
 * the last good version stays.
 */
@NullMarked
package nat64.dns64.files;

import org.jspecify.annotations.NullMarked;
