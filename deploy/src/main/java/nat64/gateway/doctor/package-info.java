// SPDX-License-Identifier: Apache-2.0
/**
 * What {@code nat64 doctor} consists of: checks that run one after the other, what each has found and what to do about
 * it, and the report made of that. The checks of a gateway are in {@code doctor.gateway}, those of a host behind it in
 * {@code doctor.client}. Used by one thread.
 */
@NullMarked
package nat64.gateway.doctor;

import org.jspecify.annotations.NullMarked;
