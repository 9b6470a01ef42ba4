// SPDX-License-Identifier: Apache-2.0
/** Which test proves which rule of the RFCs: makes docs/conformance.md, and fails when a rule has no proof. */
@NullMarked
package nat64.gateway.conformance;

import org.jspecify.annotations.NullMarked;
