// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nat64.dns64.statistics.CachedAnswer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Questions about the cache of the DNS64: what upstreams have answered, before any synthesis. Any thread may ask.
 * Throws as {@link TableQueries}.
 */
public final class CacheQuery {

    private static final List<String> NAMES = List.of("name", "limit", "cursor");
    private static final int LIMIT = 100;
    private static final int HIGHEST_LIMIT = 10_000;
    private static final int EVERY_TYPE = 0;

    private final Source source;

    /** Lists entries for a name and all names below it; see {@code Dns64Server.cached}. */
    public interface Source {
        List<CachedAnswer> list(Name name, int skip, int most);
    }

    public CacheQuery(Source source) {
        this.source = source;
    }

    /** A page of entries. */
    public Map<String, Object> entries(Map<String, String> values) {
        var parameters = Parameters.of(values, NAMES);
        var name = parameters.read("name", CacheQuery::name).orElse(Name.root);
        int limit = parameters.number("limit", 1, HIGHEST_LIMIT).orElse(LIMIT);
        int skip = parameters.number("cursor", 0, Integer.MAX_VALUE).orElse(0);
        var entries = source.list(name, skip, limit);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("entries", entries.stream().map(CacheQuery::row).toList());
        if (entries.size() == limit) {
            answer.put("next", String.valueOf(skip + limit));
        }
        return answer;
    }

    static Map<String, Object> row(CachedAnswer entry) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", entry.name().toString());
        row.put("type", entry.type() == EVERY_TYPE ? "*" : Type.string(entry.type()));
        row.put("kind", Parameters.label(entry.kind()));
        row.put("seconds_left", entry.secondsLeft());
        row.put("dnssec_ok", entry.dnssecOk());
        row.put("checking_disabled", entry.checkingDisabled());
        row.put("records", entry.records().stream().map(CacheQuery::text).toList());
        return row;
    }

    private static String text(Record record) {
        return "%s %d %s %s"
                .formatted(record.getName(), record.getTTL(), Type.string(record.getType()), record.rdataToString());
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a domain name", e);
        }
    }
}
