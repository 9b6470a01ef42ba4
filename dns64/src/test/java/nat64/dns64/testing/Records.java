// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** DNS records from the text of zone files. */
public final class Records {

    /** An SOA record of example.org with a TTL of 900 and a MINIMUM of 300 seconds. */
    public static final String SOA = soa(900, 300);

    private Records() {}

    public static String soa(long ttl, long minimum) {
        return "example.org. " + ttl + " IN SOA ns.example.org. hostmaster.example.org. 1 7200 900 86400 " + minimum;
    }

    public static List<Record> records(String... lines) {
        var text = String.join("\n", lines) + "\n";
        try (var master = new Master(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), Name.root)) {
            var records = new ArrayList<Record>();
            for (var record = master.nextRecord(); record != null; record = master.nextRecord()) {
                records.add(record);
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Name name(String text) {
        return Name.fromConstantString(text);
    }

    public static Sections answer(String... lines) {
        return new Sections(records(lines), List.of(), List.of());
    }

    public static Outcome.Data data(String... lines) {
        return new Outcome.Data(answer(lines));
    }

    /** NODATA with that SOA record, and aliases that lead to the name. */
    public static Outcome.NoData noData(String soa, String... aliases) {
        return new Outcome.NoData(new Sections(records(aliases), records(soa), List.of()));
    }

    public static Outcome.NxDomain nxDomain(String soa, String... aliases) {
        return new Outcome.NxDomain(new Sections(records(aliases), records(soa), List.of()));
    }

    /** Records as text with single blanks, to compare. */
    public static List<String> text(List<Record> records) {
        return records.stream()
                .map(record -> record.toString().replaceAll("\\s+", " "))
                .toList();
    }
}
