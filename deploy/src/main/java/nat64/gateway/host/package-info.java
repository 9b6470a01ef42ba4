// SPDX-License-Identifier: Apache-2.0
/** What the gateway reads from the host's network and changes on it, and how it takes every change back. */
@NullMarked
package nat64.gateway.host;

import org.jspecify.annotations.NullMarked;
