// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.restart;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nat64.gateway.system.BootClock.Moment;
import nat64.translator.TranslatorThreads;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.snapshot.Snapshot;
import nat64.translator.session.snapshot.SnapshotException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the sessions of a file into a translator that has not begun. One thread. */
final class SessionHeir implements Snapshot.Reader {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private final TranslatorThreads translator;
    private final Map<Adoption, Long> fates = new EnumMap<>(Adoption.class);
    private final Map<String, Long> refused = new TreeMap<>();

    SessionHeir(TranslatorThreads translator) {
        this.translator = translator;
    }

    /** Adopts what the file has, or says in the log why not; a gateway starts without it just as well. */
    void adopt(SessionFile file, Moment now) {
        long begin = System.nanoTime();
        try (var arena = Arena.ofConfined()) {
            var memory = file.read(arena);
            if (memory.isPresent()) {
                long age = adopt(memory.get(), now);
                LOG.info(
                        "took over the sessions of {} ms ago from {} in {} ms: {}",
                        age,
                        file.path(),
                        (System.nanoTime() - begin) / 1_000_000,
                        description());
            }
        } catch (SnapshotException e) {
            refuse(file, e.reason().label(), e);
        } catch (UnusableFileException e) {
            refuse(file, e.reason, e);
        } catch (IOException e) {
            refuse(file, "unreadable", e);
        }
    }

    /** Answers how old the file is, in milliseconds. */
    private long adopt(MemorySegment memory, Moment now) throws SnapshotException, UnusableFileException {
        var snapshot = Snapshot.of(memory);
        var header = snapshot.header();
        if (!header.boot().equals(now.boot())) {
            throw new UnusableFileException("other_boot", "it was written before this host was started");
        }
        long age = now.millis() - header.at();
        if (age < 0) {
            throw new UnusableFileException("future", "it is from a time that is yet to come");
        }
        translator.pairAs(header.pairing());
        snapshot.read(age, this);
        return age;
    }

    @Override
    public void on(SessionRecord session) {
        fates.merge(translator.adopt(session).join(), 1L, Long::sum);
    }

    @Override
    public void on(HeldPort port) {
        translator.hold(port).join();
    }

    /** Sessions by what became of them. */
    Map<String, Long> fates() {
        return fates.entrySet().stream()
                .collect(Collectors.toMap(fate -> fate.getKey().label(), Map.Entry::getValue));
    }

    /** Files that were not used, by reason. */
    Map<String, Long> refused() {
        return refused;
    }

    private String description() {
        return fates.isEmpty()
                ? "there were none"
                : fates.entrySet().stream()
                        .map(fate ->
                                fate.getValue() + " " + fate.getKey().label().replace('_', ' '))
                        .collect(Collectors.joining(", "));
    }

    private void refuse(SessionFile file, String reason, Exception cause) {
        refused.merge(reason, 1L, Long::sum);
        LOG.warn(
                "cannot use the sessions kept in {}: {}; starting without them, so live connections have to be opened"
                        + " anew",
                file.path(),
                cause.getMessage());
    }

    /** A file in which nothing is wrong, but that is not of here and now. */
    private static final class UnusableFileException extends Exception {

        private static final long serialVersionUID = 1;

        private final String reason;

        UnusableFileException(String reason, String message) {
            super(message);
            this.reason = reason;
        }
    }
}
