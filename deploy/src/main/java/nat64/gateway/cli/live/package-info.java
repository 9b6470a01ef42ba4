// SPDX-License-Identifier: Apache-2.0
/** Commands that ask the gateway that runs on this host, or change it while it runs. */
@NullMarked
package nat64.gateway.cli.live;

import org.jspecify.annotations.NullMarked;
