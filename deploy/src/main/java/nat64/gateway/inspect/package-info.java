// SPDX-License-Identifier: Apache-2.0
/**
 * What the tables of the running translator hold, for operators: reads the parameters of a question, asks the
 * translator page by page, and answers with values that become JSON. Blocks; never on the thread of a worker.
 * Imports the translator and the DNS64 only.
 */
@NullMarked
package nat64.gateway.inspect;

import org.jspecify.annotations.NullMarked;
