// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import nat64.translator.packet.Rule.Step;

/** What each step of the translator found about a packet, in words. */
sealed interface Findings permits StatefulFindings, StatelessFindings {

    /** Some words, or nothing where the step does not concern the packet. */
    String of(Step step);

    /** The same of the step that ended the packet's way. */
    String ofLast(Step step);
}
