// SPDX-License-Identifier: Apache-2.0
/** The operator's file: read strictly, checked as a whole, and handed on as records that cannot be wrong. */
@NullMarked
package nat64.gateway.config;

import org.jspecify.annotations.NullMarked;
