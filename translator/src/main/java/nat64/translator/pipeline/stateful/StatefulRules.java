// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import nat64.translator.pipeline.IcmpErrorRules;
import nat64.translator.pipeline.Rules;
import nat64.translator.session.SessionRules;
import nat64.translator.session.policy.StatePolicy.UnknownTcp;
import nat64.translator.translate.TranslationOptions;

/**
 * All that can be changed of a stateful translator while packets flow.
 *
 * @param session for the steps of RFC 6146, sections 3.4 to 3.6
 * @param unknownTcp what an IPv6 host is told whose TCP segment belongs to no session
 */
public record StatefulRules(
        SessionRules session, TranslationOptions translation, IcmpErrorRules icmpErrors, UnknownTcp unknownTcp)
        implements Rules {}
