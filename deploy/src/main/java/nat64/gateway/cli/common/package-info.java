// SPDX-License-Identifier: Apache-2.0
/** What all commands share: the configuration that is meant, the gateway that runs with it, and how a command ends. */
@NullMarked
package nat64.gateway.cli.common;

import org.jspecify.annotations.NullMarked;
