// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/**
 * The way of a query and of an upstream's answer under a fuzzer that watches which code they reach. The first byte of
 * an input is the length of the query; what follows it is the answer behind the question. What must not come of it is
 * in {@link FuzzedHandler}. Inputs worth keeping are in the resources next to this class.
 */
class MessageFuzzTest {

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
        if (input.length == 0) {
            return;
        }
        int end = Math.min(input.length, 1 + (input[0] & 0xff));
        byte[] answer = Arrays.copyOfRange(input, end, input.length);
        try (var handler = new FuzzedHandler(1 << 16, (query, questionEnd) -> {
            byte[] response = Arrays.copyOf(query, questionEnd + answer.length);
            response[2] |= (byte) 0x80;
            System.arraycopy(answer, 0, response, 3, Math.min(answer.length, 9)); // RCODE and counts
            if (answer.length > 9) {
                System.arraycopy(answer, 9, response, questionEnd, answer.length - 9);
            }
            return response;
        })) {
            byte[] query = Arrays.copyOfRange(input, 1, end);
            handler.feed(query, false);
            handler.feed(query, false); // from what is kept
            handler.feed(query, true);
        }
    }
}
