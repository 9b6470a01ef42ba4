// SPDX-License-Identifier: Apache-2.0
@NullMarked
package nat64.dns64.wire;

import org.jspecify.annotations.NullMarked;
