// SPDX-License-Identifier: Apache-2.0
/**
 * What the program logs, and how: Logback for messages, a writer for the query log. Formats only; the caller decides
 * what is logged. Imports {@code config} and {@code json}. Any thread may log.
 */
@NullMarked
package nat64.gateway.log;

import org.jspecify.annotations.NullMarked;
