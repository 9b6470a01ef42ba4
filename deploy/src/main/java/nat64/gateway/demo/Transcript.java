// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What a demonstration prints. */
final class Transcript {

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

    private final PrintWriter out;
    private boolean closed;

    Transcript(PrintWriter out) {
        this.out = out;
    }

    synchronized void line(String text) {
        if (!closed) {
            out.println(text);
            out.flush();
        }
    }

    /** Prints a line after which nothing more is printed. */
    synchronized void last(String text) {
        line(text);
        closed = true;
    }

    /** Prints lines a step to the right. */
    void indented(List<String> lines) {
        lines.forEach(line -> line("    " + line));
    }

    /** Waits for the work, and says every two seconds that it still goes on. */
    <T> T during(Callable<T> work) throws Exception {
        long start = System.nanoTime();
        try (var clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            var signs = clock.scheduleAtFixedRate(
                    () -> line("    ... %d s"
                            .formatted(
                                    Duration.ofNanos(System.nanoTime() - start).toSeconds())),
                    SIGN_OF_LIFE.toMillis(),
                    SIGN_OF_LIFE.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return work.call();
            } finally {
                signs.cancel(false);
            }
        }
    }
}
