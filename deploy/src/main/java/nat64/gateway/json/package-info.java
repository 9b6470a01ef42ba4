// SPDX-License-Identifier: Apache-2.0
/**
 * JSON for reports, logs and the output of {@code ip}, written in one way. Knows Jackson and nothing of the gateway.
 */
@NullMarked
package nat64.gateway.json;

import org.jspecify.annotations.NullMarked;
