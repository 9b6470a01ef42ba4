// SPDX-License-Identifier: Apache-2.0
/**
 * The log of who had which address and port (RFC 6888, REQ-12): takes the events of bindings from the translator, and
 * writes them to files and collectors, each on a thread of its own, so that nothing here ever keeps a worker waiting.
 * Imports `config` and the translator.
 */
@NullMarked
package nat64.gateway.bindinglog;

import org.jspecify.annotations.NullMarked;
