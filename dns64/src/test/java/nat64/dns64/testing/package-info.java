// SPDX-License-Identifier: Apache-2.0
/** What several tests need: records from text, and an upstream that does as it is told. */
@NullMarked
package nat64.dns64.testing;

import org.jspecify.annotations.NullMarked;
