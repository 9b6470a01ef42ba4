// SPDX-License-Identifier: Apache-2.0
/** How the gateway is and what it does, made of the answers of its admin server: text for people. Pure. */
@NullMarked
package nat64.gateway.cli.status;

import org.jspecify.annotations.NullMarked;
