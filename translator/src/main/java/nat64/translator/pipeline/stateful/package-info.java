// SPDX-License-Identifier: Apache-2.0
/**
 * The line of a packet with state: the five steps of RFC 6146, section 3.3, as consecutive calls in one method per
 * direction. The steps that need the tables are one method, under the lock; translating and sending follow without it.
 */
@NullMarked
package nat64.translator.pipeline.stateful;

import org.jspecify.annotations.NullMarked;
