// SPDX-License-Identifier: Apache-2.0
/**
 * The line of a packet, as far as it is the same in every mode: parse, check, (the path of the mode), send, count,
 * answer with an ICMP error. Every step returns a {@link nat64.translator.packet.DropReason}, and NONE lets the packet
 * go on. What a worker needs for a packet belongs to it alone; what workers share is behind {@link
 * nat64.translator.pipeline.TableLock}. Nothing allocates, blocks or logs per packet.
 */
@NullMarked
package nat64.translator.pipeline;

import org.jspecify.annotations.NullMarked;
