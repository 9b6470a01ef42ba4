// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.List;
import nat64.translator.session.SessionView;

/**
 * What only a stateful translator has: bindings and sessions, which all its parts share. Its methods are for the thread
 * that processes packets.
 */
public sealed interface StatefulTranslator extends PacketTranslator permits Nat64 {

    /** Some sessions of all parts, {@code most} at most. */
    List<SessionView> sessions(int most, long now);
}
