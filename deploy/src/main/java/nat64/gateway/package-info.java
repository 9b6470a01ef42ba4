// SPDX-License-Identifier: Apache-2.0
/**
 * The running gateway: its life cycle and its parts.
 *
 * <p>Configurations that come here are checked and without {@code auto}. The parts check only what nothing but a
 * start can tell: whether an address can be bound, a device opened, memory reserved. {@link nat64.gateway.Gateway}
 * starts and closes the parts from one thread; readiness, statistics and reloads come from threads of the admin
 * server. Imports every package of the gateway but {@code training}, {@code testbed}, {@code demo} and {@code cli};
 * only these import it.
 */
@NullMarked
package nat64.gateway;

import org.jspecify.annotations.NullMarked;
