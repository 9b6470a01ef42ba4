// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

/**
 * Answers that are counted together.
 *
 * @param rcode its mnemonic, {@code NOERROR}; one of eight
 * @param view its name; empty for what is not a query
 */
public record AnswerGroup(String rcode, AnswerReason reason, String view) {}
