// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator says about sessions, as immutable values: who may open them and to where, how many, for how long,
 * and static bindings. They check themselves when they are made. Imports `address`, `session.table` and
 * `session.pool4`.
 */
@NullMarked
package nat64.translator.session.policy;

import org.jspecify.annotations.NullMarked;
