// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import nat64.dns64.statistics.QueryLogEntry;
import nat64.gateway.config.LogConfig;
import nat64.gateway.replay.Json;
import org.xbill.DNS.Rcode;

/**
 * Writes answered queries, one line each: {@code 2026-01-02T03:04:05.678Z 2001:db8::5 udp default www.example.org. IN AAAA
 * NOERROR synthesized 93}, or the same as a JSON object. The time is that of writing.
 *
 * @param clock tells the time of a line
 */
record QueryLines(LogConfig.Format format, PrintStream out, InstantSource clock) implements Consumer<QueryLogEntry> {

    private static final String READY = " ready";

    @Override
    public void accept(QueryLogEntry entry) {
        out.println(
                switch (format) {
                    case TEXT -> text(entry);
                    case JSON -> json(entry);
                });
    }

    private String text(QueryLogEntry entry) {
        return String.join(
                        " ",
                        clock.instant().toString(),
                        entry.client().getHostAddress(),
                        entry.transport().label(),
                        entry.view(),
                        entry.question(),
                        Rcode.string(entry.rcode()),
                        entry.reason(),
                        String.valueOf(entry.bytes()))
                + (entry.ready() ? READY : "");
    }

    private String json(QueryLogEntry entry) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("time", clock.instant().toString());
        fields.put("client", entry.client().getHostAddress());
        fields.put("transport", entry.transport().label());
        fields.put("view", entry.view());
        fields.put("question", entry.question());
        fields.put("rcode", Rcode.string(entry.rcode()));
        fields.put("reason", entry.reason());
        fields.put("bytes", entry.bytes());
        fields.put("ready", entry.ready());
        return Json.line(fields);
    }
}
