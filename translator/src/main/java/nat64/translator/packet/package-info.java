// SPDX-License-Identifier: Apache-2.0
/**
 * One packet: its buffer, where its headers are, and what happens to it.
 *
 * <p>{@link nat64.translator.packet.PacketParser} is the only place that checks lengths and header formats: when it
 * returns {@link nat64.translator.packet.DropReason#NONE}, all headers that {@link nat64.translator.packet.Layers}
 * names are within the packet, and later layers read them without checks. A malformed packet gets a reason; nothing
 * throws. A packet and its parser belong to one worker thread, which reuses them; nothing allocates after construction.
 * Imports {@code wire}.
 */
@NullMarked
package nat64.translator.packet;

import org.jspecify.annotations.NullMarked;
