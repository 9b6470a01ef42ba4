// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.table;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Lines that are shown again and again in the same place of a terminal, until {@code q} or Ctrl-C. Lines are rewritten
 * in place, so nothing flickers; what does not fit is cut off, whatever size the window has now. {@link #close}, or the
 * end of the process, leaves the terminal as it was. Without a terminal, lines are printed one after another. One
 * thread.
 */
public final class LiveScreen implements AutoCloseable {

    private static final String BEGIN = "\033[?25l\033[?7l\033[2J"; // no cursor, no wrapping, an empty screen
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";
    private static final String END = "\033[?7h\033[?25h";
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(100);
    private static final int STTY_SECONDS = 2;

    private final PrintWriter out;
    private final Optional<String> settings;
    private final Thread atExit = new Thread(this::restore, "nat64-terminal");
    private int shown;

    /** How large a window is. */
    record Size(int rows, int columns) {

        private static final Size USUAL = new Size(24, 80);

        /** Of the text {@code "24 80"}. */
        static Size parse(String text) {
            var numbers = text.strip().split(" ", -1);
            if (numbers.length != 2 || !numbers[0].matches("[1-9]\\d{0,4}") || !numbers[1].matches("[1-9]\\d{0,4}")) {
                return USUAL; // a line without a terminal at its end, such as a serial one, has no size
            }
            return new Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        }
    }

    private LiveScreen(PrintWriter out, Optional<String> settings) {
        this.out = out;
        this.settings = settings;
    }

    /** Takes no terminal: prints lines one after another. */
    public static LiveScreen lines(PrintWriter out) {
        return new LiveScreen(out, Optional.empty());
    }

    /** Takes the terminal of this process, if it has one. */
    public static LiveScreen open(PrintWriter out) {
        var settings = OutputOption.isTerminal() ? stty("-g") : Optional.<String>empty();
        var screen = new LiveScreen(out, settings);
        if (settings.isPresent()) {
            Runtime.getRuntime().addShutdownHook(screen.atExit);
            stty("-icanon", "-echo"); // keys are read one by one, and not shown
            out.print(BEGIN);
            out.flush();
        }
        return screen;
    }

    /** Shows these lines in the place of those before. */
    public void show(List<String> lines) {
        if (settings.isPresent()) {
            out.print(frame(lines, stty("size").map(Size::parse).orElse(Size.USUAL)));
        } else {
            out.print(shown++ == 0 ? "" : "\n");
            lines.forEach(out::println);
        }
        out.flush();
    }

    /** What a terminal is sent for some lines. */
    static String frame(List<String> lines, Size size) {
        return lines.stream()
                .limit(size.rows)
                .map(line -> line.length() > size.columns ? line.substring(0, size.columns) : line)
                .collect(Collectors.joining(REST_OF_LINE + "\r\n", HOME, REST_OF_LINE + REST_OF_SCREEN));
    }

    /**
     * Waits for the next time to show something.
     *
     * @return false if the user has pressed {@code q}
     */
    public boolean await(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            while (settings.isPresent() && System.in.available() > 0) {
                if (System.in.read() == 'q') {
                    return false;
                }
            }
            Thread.sleep(Duration.ofNanos(Math.min(left, BETWEEN_KEYS.toNanos())));
        }
        return true;
    }

    @Override
    public void close() {
        if (settings.isPresent()) {
            Runtime.getRuntime().removeShutdownHook(atExit);
            restore();
        }
    }

    private void restore() {
        stty(settings.orElseThrow());
        out.print(END + "\r\n");
        out.flush();
    }

    /** Asks or sets the terminal; nothing if that fails. */
    private static Optional<String> stty(String... arguments) {
        var command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(text.strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
