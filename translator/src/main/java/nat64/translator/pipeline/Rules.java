// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.translate.TranslationOptions;

/**
 * What of a translator can be changed while packets flow, in every mode. Immutable. A worker reads the current rules
 * once per batch, as it reads the clock, and passes them down: all steps of a packet see the same rules.
 */
public interface Rules {

    /** What RFC 7915 leaves to the operator. */
    TranslationOptions translation();

    /** The ICMP errors that the translator itself sends. */
    IcmpErrorRules icmpErrors();
}
