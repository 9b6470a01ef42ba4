// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.explain.AddressExplanation;
import nat64.gateway.explain.NameExplanation;
import nat64.gateway.explain.Subject;
import nat64.gateway.replay.PacketInTables;
import nat64.gateway.replay.PacketText;
import nat64.gateway.system.HostException;
import nat64.translator.TranslatorThreads;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.translate.NextHopMtus;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * What the running gateway does with an address, a name or a packet, and why. It only reads: a packet runs through
 * tables of its own, and a name is asked of the upstreams without a cache. One explanation at a time, and names at a
 * bounded rate. Throws as {@link TableQueries}; any thread may ask.
 */
public final class ExplainQuery {

    private static final List<String> NAMES = List.of("subject", "type", "client");
    private static final int LONGEST_SUBJECT = 512;
    private static final int LONGEST_OTHER = 64;
    private static final int NAMES_AT_ONCE = 10;
    private static final long NAME_PERIOD = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_CACHED = 100;

    /** For sessions of the running translator; what is not found by then is left out. */
    private static final long LONGEST_SEARCH = TimeUnit.SECONDS.toNanos(2);

    private static final int ROWS_AT_ONCE = 100;

    private final Running running;
    private final LongSupplier nanoTime;
    private final Allowance names;
    private final Semaphore turn = new Semaphore(1);

    /**
     * The gateway that is asked about; each is read anew for each question.
     *
     * @param config without any {@code auto}
     * @param mtus what {@code auto} MTUs stand for
     * @param translator the one that runs now, if any
     * @param cache of the DNS64
     */
    public record Running(
            Supplier<GatewayConfig> config,
            Supplier<NextHopMtus> mtus,
            Supplier<Optional<TranslatorThreads>> translator,
            CacheQuery.Source cache) {}

    public ExplainQuery(Running running, LongSupplier nanoTime) {
        this.running = running;
        this.nanoTime = nanoTime;
        this.names = new Allowance(NAMES_AT_ONCE, NAME_PERIOD, nanoTime);
    }

    /** The explanation: {@code kind}, and under that name what there is to say. */
    public Map<String, Object> explain(Map<String, String> values) {
        var parameters = Parameters.of(values, NAMES);
        var subject = text(parameters, "subject", LONGEST_SUBJECT)
                .orElseThrow(
                        () -> new IllegalArgumentException("the parameter 'subject' is missing; " + Subject.EXAMPLES));
        var type = text(parameters, "type", LONGEST_OTHER).orElse("AAAA");
        var client = text(parameters, "client", LONGEST_OTHER).orElseGet(this::anyClient);
        if (!turn.tryAcquire()) {
            throw new IllegalStateException("another explanation is being made; try again in a moment");
        }
        try {
            var kind = Subject.of(subject);
            var answer = new LinkedHashMap<String, Object>();
            answer.put("kind", Parameters.label(kind));
            answer.put(
                    Parameters.label(kind),
                    switch (kind) {
                        case ADDRESS -> address(subject);
                        case NAME -> name(subject, type, client);
                        case PACKET -> packet(subject);
                    });
            return answer;
        } finally {
            turn.release();
        }
    }

    /** One that is served, if clients are configured by IPv6 prefixes. */
    private String anyClient() {
        return running.config.get().clients().ipv6().stream()
                .findFirst()
                .map(prefix -> prefix.first().toString())
                .orElse("::1");
    }

    private static Optional<String> text(Parameters parameters, String name, int longest) {
        return parameters.read(name, text -> {
            if (text.length() > longest) {
                throw new IllegalArgumentException("longer than " + longest + " characters");
            }
            return text.strip();
        });
    }

    private Map<String, Object> address(String subject) {
        try {
            return new AddressExplanation(running.config.get()).explain(subject).fields();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + Subject.EXAMPLES, e);
        }
    }

    private Map<String, Object> name(String subject, String type, String client) {
        var config = running.config.get();
        if (!config.role().answersDns()) {
            throw new IllegalStateException("this gateway runs no DNS64 (role: translator), so it answers no names");
        }
        if (!names.take()) {
            throw new IllegalStateException("upstreams are asked about one name per second here; try again then");
        }
        try {
            var answer = new LinkedHashMap<String, Object>();
            answer.put("explanation", NameExplanation.explain(config, subject, type, client));
            answer.put("cached", cached(subject));
            return answer;
        } catch (HostException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** What the cache has of the name itself. */
    private List<Map<String, Object>> cached(String subject) {
        try {
            var name = Name.fromString(subject, Name.root);
            return running.cache.list(name, 0, MOST_CACHED).stream()
                    .filter(entry -> entry.name().equals(name))
                    .map(CacheQuery::row)
                    .toList();
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + subject + "' is not a domain name", e);
        }
    }

    private Map<String, Object> packet(String subject) {
        var config = running.config.get();
        if (!config.role().translates()) {
            throw new IllegalStateException("this gateway translates nothing (role: dns64)");
        }
        var result = PacketInTables.explain(
                PacketText.parse(subject), config.modeSettings(running.mtus.get()), this::sessions);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("explanation", result.explanation());
        answer.put("sessions", result.sessions());
        return answer;
    }

    private List<SessionRecord> sessions(RecordFilter filter, int most) {
        var translator = running.translator.get().filter(TranslatorThreads::isStateful);
        var found = new ArrayList<SessionRecord>();
        long end = nanoTime.getAsLong() + LONGEST_SEARCH;
        long cursor = translator.isPresent() ? Page.BEGINNING : Page.END;
        while (cursor != Page.END && found.size() < most && nanoTime.getAsLong() - end < 0) {
            var page = TableQueries.await(translator.orElseThrow().sessions(filter, cursor, ROWS_AT_ONCE));
            found.addAll(page.items());
            cursor = page.cursor();
        }
        return found;
    }
}
