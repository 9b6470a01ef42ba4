// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.Map;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Section;
import nat64.translator.pipeline.TranslatorSettings;
import nat64.translator.translate.MssClamp;
import nat64.translator.translate.Mtu;
import nat64.translator.translate.TranslationOptions;

/** Reads those keys of the section {@code translator} that say how packets are translated. */
final class TranslationReader {

    private static final int LARGEST_PACKET = 65_535;
    private static final int LARGEST_RATE = 1_000_000;
    private static final int SMALLEST_SEGMENT = 88; // less is nothing but a way to make hosts work hard

    private static final Format<Integer> LOWEST_IPV6_MTU = Formats.integer(Mtu.SMALLEST_IPV6, LARGEST_PACKET);
    private static final Format<Integer> IPV6_MTU = LOWEST_IPV6_MTU.or(Map.of(Formats.AUTO, TranslationConfig.AUTO));
    private static final Format<Integer> IPV4_MTU =
            Formats.integer(Mtu.SMALLEST_IPV4, LARGEST_PACKET).or(Map.of(Formats.AUTO, TranslationConfig.AUTO));
    private static final Format<Integer> MSS_CLAMP = Formats.integer(SMALLEST_SEGMENT, LARGEST_PACKET)
            .or(Map.of("off", MssClamp.OFF, Formats.AUTO, MssClamp.AUTO));
    private static final Format<Integer> CLASS = Formats.integer(0, 255).or(Map.of("copy", TranslationOptions.COPY));
    private static final Format<Integer> RATE = Formats.integer(0, LARGEST_RATE)
            .or(Map.of("off", 0, "unlimited", TranslatorSettings.UNLIMITED_ICMP_ERRORS));

    private TranslationReader() {}

    static TranslationConfig read(Section translator) {
        var mtu = translator.section("mtu");
        return new TranslationConfig(
                translator.value("lowest-ipv6-mtu", "1280", LOWEST_IPV6_MTU).value(),
                mtu.value("ipv6", Formats.AUTO, IPV6_MTU).value(),
                mtu.value("ipv4", Formats.AUTO, IPV4_MTU).value(),
                translator.value("mss-clamp", Formats.AUTO, MSS_CLAMP).value(),
                translator.value("traffic-class", "copy", CLASS).value(),
                translator.value("type-of-service", "copy", CLASS).value(),
                translator
                        .value("icmp-errors", String.valueOf(TranslatorSettings.ICMP_ERRORS_PER_SECOND), RATE)
                        .value());
    }
}
