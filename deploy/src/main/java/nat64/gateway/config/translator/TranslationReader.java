// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.gateway.config.file.Section;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;

/** Reads those keys of the section {@code translator} that say how packets are translated. */
final class TranslationReader {

    private TranslationReader() {}

    static TranslationConfig read(Section translator) {
        var mtu = translator.section(MtuKeys.KEYS);
        return new TranslationConfig(
                new TranslationOptions(
                        translator.value(TranslatorKeys.LOWEST_IPV6_MTU).value(),
                        NextHopMtus.UNLIMITED,
                        translator.value(TranslatorKeys.MSS_CLAMP).value(),
                        translator.value(TranslatorKeys.TRAFFIC_CLASS).value(),
                        translator.value(TranslatorKeys.TYPE_OF_SERVICE).value()),
                mtu.value(MtuKeys.IPV6).value(),
                mtu.value(MtuKeys.IPV4).value(),
                translator.value(TranslatorKeys.ICMP_ERRORS).value());
    }
}
