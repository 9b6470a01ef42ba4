// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.explain;

import java.util.List;
import nat64.dns64.statistics.AnswerReason;

/**
 * How one question of one client is answered, step by step.
 *
 * @param question name and type
 * @param client its address
 * @param view whose rules it is answered by
 * @param steps in their order
 * @param rcode its mnemonic
 * @param reason the label of the {@link AnswerReason}, as metrics and the query log spell it
 * @param rule document and section of the reason
 * @param meaning the reason in words
 * @param answer the records of the answer section
 */
public record Dns64Explanation(
        String question,
        String client,
        String view,
        List<Step> steps,
        String rcode,
        String reason,
        String rule,
        String meaning,
        List<String> answer) {

    public Dns64Explanation {
        steps = List.copyOf(steps);
        answer = List.copyOf(answer);
    }

    /**
     * One step.
     *
     * @param name what was looked at
     * @param finding what was found
     * @param rule the configuration key, or document and section, behind it
     */
    public record Step(String name, String finding, String rule) {}
}
