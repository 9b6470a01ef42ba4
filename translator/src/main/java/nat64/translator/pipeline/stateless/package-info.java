// SPDX-License-Identifier: Apache-2.0
/**
 * The line of a packet without state, where addresses alone decide (RFC 7915, RFC 7757, RFC 6877). Workers share
 * immutable rules only; an ordinary packet waits for no lock.
 */
@NullMarked
package nat64.translator.pipeline.stateless;

import org.jspecify.annotations.NullMarked;
