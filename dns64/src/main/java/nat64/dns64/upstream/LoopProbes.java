// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Queries for random names. One that a client asks has come back in a loop: the upstream that it
 * was sent to forwards to this server, through whatever others. Safe for many threads.
 */
final class LoopProbes {

    private static final Logger LOG = LoggerFactory.getLogger(LoopProbes.class);
    private static final int LABEL_BYTES = 16; // two digits each
    private static final int LONGEST_ZONE = 255 - 1 - 2 * LABEL_BYTES;

    private final SecureRandom random = new SecureRandom();
    private final Map<RemoteServer, List<Name>> zones;
    private final ConcurrentMap<Name, Probe> current = new ConcurrentHashMap<>();
    private final Set<Path> circular = ConcurrentHashMap.newKeySet();

    /** A server, and a zone that it is asked for: it may forward another zone elsewhere. */
    private record Path(RemoteServer server, Name zone) {}

    /** A question that went out. It stays known until the next one takes its place, so that a late return is seen. */
    static final class Probe {

        private final Path path;
        private final Question question;
        private volatile boolean returned;

        private Probe(Path path, Question question) {
            this.path = path;
            this.question = question;
        }

        Question question() {
            return question;
        }
    }

    /**
     * @param zones that each server is asked for
     */
    LoopProbes(Map<RemoteServer, List<Name>> zones) {
        this.zones = Map.copyOf(zones);
    }

    /** New questions for this server, one for each of its zones. */
    List<Probe> next(RemoteServer server) {
        current.values().removeIf(probe -> probe.path.server.equals(server));
        var probes = zones.getOrDefault(server, List.of()).stream()
                .filter(zone -> zone.length() <= LONGEST_ZONE)
                .map(zone -> new Probe(new Path(server, zone), question(zone)))
                .toList();
        probes.forEach(probe -> current.put(probe.question.name(), probe));
        return probes;
    }

    /** Whether a name that a client asks for is that of a probe, which then has come back. */
    boolean returned(Name asked) {
        var probe = current.get(asked);
        if (probe == null) {
            return false;
        }
        probe.returned = true;
        var server = probe.path.server;
        if (circular.add(probe.path)) {
            LOG.warn(
                    "upstream {} forwards questions for {} back to this server: it is not asked until that ends; name"
                            + " another resolver, or change where that one forwards to",
                    server.server(),
                    probe.path.zone);
            server.loops(true);
        }
        return true;
    }

    /** What became of a probe. A return comes before the outcome; a timeout says nothing. */
    void ended(Probe probe, Outcome outcome) {
        var server = probe.path.server;
        if (outcome instanceof Outcome.Timeout || probe.returned || !circular.remove(probe.path)) {
            return;
        }
        if (circular.stream().noneMatch(path -> path.server.equals(server))) {
            LOG.info("upstream {} no longer forwards questions back to this server", server.server());
            server.loops(false);
        }
    }

    private Question question(Name zone) {
        byte[] label = new byte[LABEL_BYTES];
        random.nextBytes(label);
        try {
            var name = Name.fromString(HexFormat.of().formatHex(label), zone);
            return new Question(name, Type.HINFO, DClass.IN, false, false); // a type that has no records in practice
        } catch (TextParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
