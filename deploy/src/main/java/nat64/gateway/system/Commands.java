// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nat64.gateway.json.Json;

/** Runs the host's own tools. Each call waits for the end of the command. */
public final class Commands {

    /** How long a command may take by default. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A thread each: in a small shared pool, a long command would keep those of others waiting. */
    private static final Executor PIPES = task -> Thread.ofPlatform().daemon().start(task);

    private Commands() {}

    /** How a command ended, and what it wrote to its standard output and error together. */
    public record Result(int exitCode, String output) {

        public boolean isSuccess() {
            return exitCode == 0;
        }
    }

    /**
     * Runs a command that must succeed.
     *
     * @return what it wrote
     * @throws HostException if it can't be run, takes longer than 30 seconds or fails; the message has its output
     */
    public static String run(List<String> command) throws HostException {
        var result = attempt(command, TIMEOUT);
        if (!result.isSuccess()) {
            throw new HostException("%s: %s"
                    .formatted(String.join(" ", command), result.output().strip()));
        }
        return result.output();
    }

    /**
     * Runs a command that must succeed and prints JSON; warnings that it writes to its standard error are ignored.
     *
     * @param command words, parted by single spaces
     * @throws HostException as {@link #run(List)}, or if it prints anything else
     */
    public static JsonNode json(String command) throws HostException {
        var words = List.of(command.split(" "));
        var result = finish(words, start(words, false), TIMEOUT);
        if (!result.isSuccess()) {
            throw new HostException("%s: %s".formatted(command, result.output().strip()));
        }
        try {
            return Json.parse(result.output());
        } catch (IllegalArgumentException e) {
            throw new HostException("%s: %s".formatted(command, e.getMessage()), e);
        }
    }

    /**
     * Runs a command that reads lines from its standard input.
     *
     * @throws HostException if it can't be run or takes longer than 30 seconds
     */
    public static Result feed(List<String> command, List<String> lines) throws HostException {
        var process = launch(command, true);
        PIPES.execute(() -> write(process, lines));
        return finish(command, process, TIMEOUT);
    }

    private static void write(Process process, List<String> lines) {
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            for (var line : lines) {
                input.write(line);
                input.write('\n');
            }
        } catch (IOException e) {
            // the command ended early; its output says why
        }
    }

    /** As {@link #run(List)}, with the command as one text whose words are parted by single spaces. */
    public static String run(String command) throws HostException {
        return run(List.of(command.split(" ")));
    }

    /**
     * Runs a command that may fail.
     *
     * @throws HostException if it can't be run or takes longer than the timeout; it is killed then
     */
    public static Result attempt(List<String> command, Duration timeout) throws HostException {
        return finish(command, start(command), timeout);
    }

    private static Result finish(List<String> command, Process process, Duration timeout) throws HostException {
        try {
            var errors = CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()), PIPES);
            var output = CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()), PIPES);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HostException(
                        "%s took longer than %d s".formatted(String.join(" ", command), timeout.toSeconds()));
            }
            int exitCode = process.exitValue();
            return new Result(exitCode, exitCode == 0 ? output.join() : output.join() + errors.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("interrupted while running " + String.join(" ", command), e);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Starts a command that goes on until it is destroyed.
     *
     * @throws HostException if it can't be run
     */
    private static Process start(List<String> command) throws HostException {
        return start(command, true);
    }

    private static Process start(List<String> command, boolean mergeErrors) throws HostException {
        var process = launch(command, mergeErrors);
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already
        }
        return process;
    }

    private static Process launch(List<String> command, boolean mergeErrors) throws HostException {
        var words = new ArrayList<>(command);
        locate(command.getFirst()).ifPresent(path -> words.set(0, path.toString()));
        try {
            return new ProcessBuilder(words).redirectErrorStream(mergeErrors).start();
        } catch (IOException e) {
            throw new HostException("cannot run %s: %s".formatted(command.getFirst(), e.getMessage()), e);
        }
    }

    /** Where the tool is: on the PATH, or in the directories that only root's PATH has. */
    public static Optional<Path> locate(String tool) {
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of((path + ":/usr/local/sbin:/usr/sbin:/sbin").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String readAll(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
