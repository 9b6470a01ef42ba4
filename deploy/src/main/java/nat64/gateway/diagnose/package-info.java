// SPDX-License-Identifier: Apache-2.0
/**
 * One archive for a bug report: what the gateway and its host look like, without secrets. Imports only the tools of the
 * host.
 */
@NullMarked
package nat64.gateway.diagnose;

import org.jspecify.annotations.NullMarked;
