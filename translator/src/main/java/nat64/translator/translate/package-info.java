// SPDX-License-Identifier: Apache-2.0
/**
 * Translates the headers of one packet between IPv4 and IPv6 without state (RFC 7915), in place.
 *
 * <p>The packet was parsed, and the caller has chosen the new addresses and ports and has checked addresses, hop limit
 * and size. This package checks only what the translation itself needs: ICMP types and codes that have no counterpart,
 * and fragments of UDP datagrams without checksum. Everything here belongs to one worker thread, except {@link
 * nat64.translator.translate.Identifications} and {@link nat64.translator.translate.NextHopMtus}, which all workers
 * share. Nothing allocates, and nothing reads a clock. Imports {@code packet} and {@code wire}.
 */
@NullMarked
package nat64.translator.translate;

import org.jspecify.annotations.NullMarked;
