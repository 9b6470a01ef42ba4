// SPDX-License-Identifier: Apache-2.0
/**
 * What the tables of the running translator hold, for operators: reads the parameters of a question, asks the
 * translator page by page, and answers with values that become JSON; and what the gateway does with an address, a name
 * or a packet. Blocks; never on the thread of a worker. Imports {@code config}, {@code explain} and {@code replay}.
 */
@NullMarked
package nat64.gateway.inspect;

import org.jspecify.annotations.NullMarked;
