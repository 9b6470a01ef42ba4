// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nat64.dns64.settings.TlsSettings;
import nat64.dns64.testing.Records;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.Section;

@Tag("R-85")
class DesignatedResolversTest {

    private static final InetSocketAddress V4 = socket("192.0.2.53", 853);
    private static final InetSocketAddress V6 = socket("2001:db8::53", 853);

    @Test
    void tellsNameProtocolPortAndAddresses() throws IOException {
        var records = records(List.of(V4, V6), List.of());

        assertThat(records).hasSize(1);
        assertThat(reread(records.getFirst()).rdataToString())
                .isEqualTo("1 dns.example.org. alpn=dot port=853 ipv4hint=192.0.2.53 ipv6hint=2001:db8:0:0:0:0:0:53");
        assertThat(records.getFirst().getName()).hasToString("_dns.resolver.arpa.");
    }

    /** RFC 9461, section 5: the path is a template. */
    @Test
    void tellsThePathOfHttpsAndPrefersIt() throws IOException {
        var records = records(List.of(V4), List.of(socket("192.0.2.53", 443)));

        assertThat(records).extracting(SVCBBase::getSvcPriority).containsExactly(1, 2);
        var https = (SVCBRecord) reread(records.getFirst());
        assertThat(https.rdataToString()).contains("alpn=h2,http/1.1").contains("port=443");
        assertThat(https.getSvcParamValue(SVCBBase.DOHPATH).toWire()).asString().isEqualTo("/dns-query{?dns}");
    }

    @Test
    void makesARecordForEachPort() {
        assertThat(records(List.of(V4, socket("192.0.2.53", 8853)), List.of())).hasSize(2);
    }

    @Test
    void tellsNoAddressOfAListenerOnAll() throws IOException {
        var records = records(List.of(socket("::", 853)), List.of());

        assertThat(reread(records.getFirst()).rdataToString()).isEqualTo("1 dns.example.org. alpn=dot port=853");
    }

    @Test
    void tellsNothingWithoutAName() {
        assertThat(DesignatedResolvers.of(settings(List.of(V4), List.of(), Optional.empty())))
                .isEmpty();
    }

    /** As a client reads it. */
    private static Record reread(Record record) throws IOException {
        return Record.fromWire(record.toWire(Section.ANSWER), Section.ANSWER);
    }

    private static List<SVCBRecord> records(List<InetSocketAddress> tls, List<InetSocketAddress> https) {
        return DesignatedResolvers.of(settings(tls, https, Optional.of(Records.name("dns.example.org."))));
    }

    private static TlsSettings settings(
            List<InetSocketAddress> tls, List<InetSocketAddress> https, Optional<Name> name) {
        return new TlsSettings(Path.of("/c"), Path.of("/k"), tls, https, "/dns-query", name);
    }

    private static InetSocketAddress socket(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
