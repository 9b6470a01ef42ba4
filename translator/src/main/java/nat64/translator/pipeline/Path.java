// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;

/** What a mode does with packets that come from one side. Everything else is the same in every mode: {@link Pipeline}. */
interface Path {

    /**
     * Takes a parsed packet and makes it one that can be sent, or tells why not. A dropped packet whose IP version is
     * still the one that it came with has not been changed, and its sender may be told.
     */
    DropReason translate(Packet packet, long now);
}
