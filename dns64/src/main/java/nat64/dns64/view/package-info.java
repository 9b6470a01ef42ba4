// SPDX-License-Identifier: Apache-2.0
/**
 * Which client is served, and which view it gets while some Pref64s work and others do not.
 *
 * <p>Imports {@code settings} and {@code synthesis}. No I/O, no clock. Tables are immutable and swapped as a whole;
 * {@link nat64.dns64.view.KnownClients} is for one event loop.
 */
@NullMarked
package nat64.dns64.view;

import org.jspecify.annotations.NullMarked;
