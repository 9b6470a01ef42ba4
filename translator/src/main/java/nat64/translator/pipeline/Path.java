// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;

/**
 * What a mode does with packets that come from one side. Everything else is the same in every mode: {@link Pipeline}.
 *
 * @param <R> the rules of the mode
 */
public interface Path<R extends Rules> {

    /** Makes a parsed packet one that can be sent, or returns why it is dropped. */
    DropReason translate(Packet packet, R rules, long now);
}
