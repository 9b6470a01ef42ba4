// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.gateway.config.file.Section;
import nat64.translator.session.Lifetimes;

/** Reads the section {@code translator.lifetimes}. */
final class LifetimesReader {

    private LifetimesReader() {}

    static Lifetimes read(Section section) {
        return new Lifetimes(
                section.value(LifetimeKeys.UDP).value(),
                section.value(LifetimeKeys.TCP_ESTABLISHED).value(),
                section.value(LifetimeKeys.TCP_OPENING).value(),
                section.value(LifetimeKeys.TCP_CLOSING).value(),
                section.value(LifetimeKeys.TCP_INCOMING_SYN).value(),
                section.value(LifetimeKeys.ICMP).value());
    }
}
