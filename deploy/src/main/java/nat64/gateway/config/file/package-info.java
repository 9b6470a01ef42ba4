// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a YAML file strictly: every value is asked for by its key, and every mistake is reported with file, line and
 * remedy, all at once. Knows nothing of NAT64 and imports no other package of this program. One thread per {@link
 * nat64.gateway.config.file.Reading}.
 */
@NullMarked
package nat64.gateway.config.file;

import org.jspecify.annotations.NullMarked;
