// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.history;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import nat64.gateway.bindinglog.history.Tenure.Place;
import nat64.translator.session.table.Protocol;

/**
 * Who had which address and port, as JSON lines tell it. Files may be given in any order, and may be compressed with
 * gzip. Lines are read one by one; only those that matter are kept.
 */
public final class BindingHistory {

    private static final int GZIP = 0x1f8b; // RFC 1952, section 2.3.1

    private static final List<String> PROTOCOLS =
            Arrays.stream(Protocol.values()).map(Protocol::label).sorted().toList();

    private final Map<Place, List<Tenure>> tenures;
    private final List<Place> blocks;
    private final Optional<Instant> begin; // of the first line in any file
    private final List<LogLine.Lost> losses;

    private BindingHistory(Map<Place, List<Tenure>> tenures, Optional<Instant> begin, List<LogLine.Lost> losses) {
        this.tenures = Map.copyOf(tenures);
        blocks = tenures.keySet().stream().filter(Place::isBlock).toList();
        this.begin = begin;
        this.losses = List.copyOf(losses);
    }

    /** Of one address and port, of any protocol, and of the blocks of ports that it was in. */
    public static BindingHistory of(List<Path> files, String address, int port) throws IOException {
        var number = String.valueOf(port);
        return read(
                files,
                line -> (line.contains(address) && (line.contains(number) || line.contains("\"block_")))
                        || line.contains("\"log_start\"")
                        || line.contains("\"lost\""),
                place -> place.has(address, port));
    }

    /** Of all places. */
    public static BindingHistory of(List<Path> files) throws IOException {
        return read(files, _ -> true, _ -> true);
    }

    /** The tenures of an address and port that touch a span of time; none before the first line. */
    public List<Tenure> at(String address, int port, Instant from, Instant to) {
        boolean isBefore = begin.isEmpty() || to.isBefore(begin.get());
        return of(address, port).stream()
                .filter(tenure -> !isBefore && tenure.touches(from, to))
                .toList();
    }

    /** Records that were lost in a span of time, or before its end if the span has no start. */
    public long lost(Optional<Instant> from, Instant to) {
        return losses.stream()
                .filter(lost -> !lost.time().isAfter(to)
                        && (from.isEmpty() || !lost.time().isBefore(from.get())))
                .mapToLong(LogLine.Lost::records)
                .sum();
    }

    /** When the first line was written, if there is one. */
    public Optional<Instant> begin() {
        return begin;
    }

    /** All places that any client has had. */
    public Set<Place> places() {
        return tenures.keySet();
    }

    /** All tenures of an address and port, by protocol and time, and then those of the blocks that it was in. */
    public List<Tenure> of(String address, int port) {
        var ofPort = PROTOCOLS.stream()
                .map(protocol -> new Place(protocol, address, port))
                .flatMap(place -> tenures.getOrDefault(place, List.of()).stream());
        var ofBlocks = blocks.stream()
                .filter(block -> block.has(address, port))
                .flatMap(block -> tenures.getOrDefault(block, List.of()).stream());
        return Stream.concat(ofPort, ofBlocks).toList();
    }

    private static BindingHistory read(List<Path> files, Predicate<String> mayMatter, Predicate<Place> matters)
            throws IOException {
        var lines = new ArrayList<LogLine>();
        var begin = Optional.<Instant>empty();
        for (var file : files) {
            var first = read(file, mayMatter, lines);
            begin = begin.isEmpty() || (first.isPresent() && first.get().isBefore(begin.get())) ? first : begin;
        }
        lines.sort(Comparator.comparing(LogLine::time)); // stable: those of a millisecond stay in order
        return new BindingHistory(
                tenures(lines, matters),
                begin,
                lines.stream()
                        .filter(LogLine.Lost.class::isInstance)
                        .map(LogLine.Lost.class::cast)
                        .toList());
    }

    /** Answers the time of the first line. */
    private static Optional<Instant> read(Path file, Predicate<String> mayMatter, List<LogLine> lines)
            throws IOException {
        var first = Optional.<Instant>empty();
        try (var in = open(file);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (first.isEmpty()) {
                    first = LogLine.parse(line).map(LogLine::time);
                }
                if (mayMatter.test(line)) {
                    LogLine.parse(line).ifPresent(lines::add);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException("file not found: " + file, e);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return first;
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        try {
            in.mark(2);
            boolean isGzip = ((in.read() << 8) | in.read()) == GZIP;
            in.reset();
            return isGzip ? new GZIPInputStream(in) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static Map<Place, List<Tenure>> tenures(List<LogLine> lines, Predicate<Place> matters) {
        var places = new HashMap<Place, List<LogLine>>();
        var starts = new ArrayList<LogLine>();
        for (var line : lines) {
            switch (line) {
                case LogLine.Has has -> add(places, has.place(), has, matters);
                case LogLine.Ended ended -> add(places, ended.place(), ended, matters);
                case LogLine.Began began -> starts.add(began);
                case LogLine.Lost _, LogLine.Other _ -> {}
            }
        }
        var tenures = new HashMap<Place, List<Tenure>>();
        places.forEach((place, own) -> tenures.put(place, tenures(place, own, starts)));
        return tenures;
    }

    private static void add(Map<Place, List<LogLine>> places, Place place, LogLine line, Predicate<Place> matters) {
        if (matters.test(place)) {
            places.computeIfAbsent(place, _ -> new ArrayList<>()).add(line);
        }
    }

    /** Of lines and starts, both in order of time: a start comes before what it lists. */
    private static List<Tenure> tenures(Place place, List<LogLine> own, List<LogLine> starts) {
        var tenures = new Tenures(place);
        int next = 0;
        for (var line : own) {
            while (next < starts.size() && !starts.get(next).time().isAfter(line.time())) {
                tenures.take(starts.get(next++));
            }
            tenures.take(line);
        }
        while (next < starts.size()) {
            tenures.take(starts.get(next++));
        }
        return tenures.all();
    }
}
