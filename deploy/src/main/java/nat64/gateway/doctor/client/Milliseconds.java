// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.time.Duration;
import java.util.Locale;

/** Round trips for people: {@code 3.4 ms}. */
final class Milliseconds {

    private Milliseconds() {}

    static String of(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
