// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the files of a configuration strictly: every value is asked for by its key, and every mistake is reported with
 * file, line and remedy, all at once. Knows nothing of NAT64, and imports of this program only {@code config.text}. One
 * thread per {@link nat64.gateway.config.file.Reading}.
 */
@NullMarked
package nat64.gateway.config.file;

import org.jspecify.annotations.NullMarked;
