// SPDX-License-Identifier: Apache-2.0
/**
 * Sessions and held ports as bytes that another process can read: the layout of a record, and a format of blocks with
 * checksums around many of them. Knows neither files nor clocks: the caller has the channel, and says when. Imports
 * {@code address} and the records and tables of sessions.
 */
@NullMarked
package nat64.translator.session.snapshot;

import org.jspecify.annotations.NullMarked;
