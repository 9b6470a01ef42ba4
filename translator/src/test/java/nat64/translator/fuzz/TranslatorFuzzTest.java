// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/**
 * The whole translator under a fuzzer that watches which code its packets reach. The first octet of an input chooses
 * the mode and the form of the rest: packets with their lengths, or choices of {@link PacketGrammar}. What an input
 * must not do is in {@link FuzzedTranslator}. Inputs worth keeping are in the resources next to this class.
 */
class TranslatorFuzzTest {

    private static final FuzzMode[] MODES = FuzzMode.values();
    private static final int MOST_PACKETS = 64;

    @FuzzTest(maxDuration = "10s")
    @Tag("short")
    void survivesAnything(byte[] input) {
        run(input);
    }

    @FuzzTest(maxDuration = "1h")
    @Tag("long")
    void survivesAnythingForAnHour(byte[] input) {
        run(input);
    }

    private static void run(byte[] input) {
        if (input.length < 2) {
            return;
        }
        var mode = MODES[((input[0] & 0xff) >>> 1) % MODES.length];
        try (var translator = new FuzzedTranslator(mode)) {
            if ((input[0] & 1) == 0) {
                feedRaw(translator, input);
            } else {
                feedMade(mode, translator, new OctetChoices(input, 1));
            }
        }
    }

    private static void feedRaw(FuzzedTranslator translator, byte[] input) {
        for (int at = 1; at + 2 < input.length; ) {
            int length = Math.min(Judge.u16(input, at), input.length - at - 2);
            at += 2;
            translator.feed(Arrays.copyOfRange(input, at, at + length), length, 1);
            at += length;
        }
    }

    private static void feedMade(FuzzMode mode, FuzzedTranslator translator, OctetChoices choices) {
        var grammar = new PacketGrammar(mode.hosts(), translator.port(), choices);
        for (int i = 0; i < MOST_PACKETS && choices.hasMore(); i++) {
            int milliseconds = choices.nextInt(256);
            int length = grammar.make();
            translator.feed(grammar.octets(), length, milliseconds < 250 ? milliseconds : 60_000);
        }
    }
}
