// SPDX-License-Identifier: Apache-2.0
/**
 * Checks signatures with the validator of dnsjava (RFC 4035, section 5).
 *
 * <p>Imports {@code message}, {@code settings} and {@code statistics}; keys are looked up through {@link
 * nat64.dns64.message.Upstream}, so it uses no socket. Checks run on executors of their own, never on an event loop,
 * and their number and cost are bounded here.
 */
@NullMarked
package nat64.dns64.dnssec;

import org.jspecify.annotations.NullMarked;
