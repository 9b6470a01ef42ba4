// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Pref64s;
import nat64.translator.session.policy.AdmissionPolicy;
import nat64.translator.session.policy.FilterPolicy;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.pool4.Pool4;

/**
 * What the steps of RFC 6146 go by and what a reload can change. Immutable. A worker takes the rules once per batch of
 * packets and passes them down. New rules must be announced first: see {@link SessionTables}.
 *
 * @param pref64s after a reload, made by {@link Pref64s#next}
 * @param pool4 after a reload, made by {@link Pool4#next}
 * @param lifetimes of a session from its next packet on
 */
public record SessionRules(
        Pref64s pref64s, Pool4 pool4, AdmissionPolicy admission, FilterPolicy filter, Lifetimes lifetimes) {}
