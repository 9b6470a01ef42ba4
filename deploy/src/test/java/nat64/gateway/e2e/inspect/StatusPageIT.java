// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status page in a browser, on a gateway that has traffic. */
@ExtendWith(NeedsBed.class)
class StatusPageIT {

    private static final String URL = "http://127.0.0.1:6464/";

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(Commands.locate("chromium").isPresent(), "missing: chromium; deploy/setup installs it");
        bed = Beds.build();
        var file = Files.writeString(bed.directory().resolve("nat64.yaml"), "# the defaults\n");
        bed.startReadyGateway("--config", file.toString());
        Beds.run(bed.client(), """
                dig +short ipv4only.example.org AAAA && ping -c 1 -W 20 64:ff9b::192.52.193.2
                ping -t 2 -c 1 -W 1 64:ff9b::192.52.193.2; true
                """);
    }

    @AfterAll
    static void remove() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"desktop, '1280,900'", "phone, '400,800'"})
    void showsHealthTrafficSessionsAndDropsWithoutAnError(String name, String size) throws Exception {
        Beds.run(bed.client(), "curl -g -sS http://[64:ff9b::192.52.193.2]/octets/1 >/dev/null");
        var log = bed.directory().resolve(name + ".log");
        var page = browse("--dump-dom", "", size, log.toString());

        assertThat(page)
                .contains("<p id=\"health\" role=\"status\" aria-live=\"polite\" class=\"good\">ready</p>")
                .containsPattern("<dt>sessions</dt><dd>[1-9]")
                .containsPattern("<td>tcp</td><td>\\[2001:db8:1::2\\]:\\d+</td>")
                .containsPattern("<td>hop_limit_exceeded</td><td>IPv6</td>.*The hop limit or TTL would become zero")
                .contains("<canvas");
        assertThat(Files.readString(log)).doesNotContain("CONSOLE");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "address | 64:ff9b::192.52.193.2 | <code>192.52.193.2</code> | <code>c0</code><code>34</code><code>c1</code><code>02</code>",
                "name | ipv4only.example.org | NOERROR, synthesized | <td>RFC 6052, section 2.2</td>",
                "packet | tcp [2001:db8:1::2]:9 -> [64:ff9b::192.52.193.2]:80 ttl=1 | dropped: hop_limit_exceeded | <th scope=\"row\">hop limit</th>",
            })
    void explainsWhatIsInTheAddressOfThePage(String name, String subject, String verdict, String detail)
            throws Exception {
        var log = bed.directory().resolve("explain-" + name + ".log");
        var page = browse("--dump-dom", "#explain=" + subject.replace(" ", "%20"), "1280,900", log.toString());

        assertThat(page).contains(verdict, detail);
        assertThat(Files.readString(log)).doesNotContain("CONSOLE");
    }

    @Test
    void aProgramGetsTextAndNothingLoadsFromElsewhere() throws Exception {
        assertThat(Beds.run(bed.gateway(), "curl -sS " + URL)).startsWith("nat64: ready");
        var headers = Beds.run(bed.gateway(), "curl -sSI -H 'Accept: text/html' " + URL);
        assertThat(headers).contains("default-src 'none'", "text/html");
        for (var file : new String[] {"", "page/status.css", "page/status.js", "page/explain.js"}) {
            assertThat(Beds.run(bed.gateway(), "curl -sS -H 'Accept: text/html' " + URL + file))
                    .doesNotContain("http://", "https://");
        }
    }

    private static String browse(String action, String fragment, String size, String log) throws Exception {
        return Beds.run(bed.gateway(), """
                HOME=%1$s timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
                --user-data-dir=%1$s/browser --window-size=%2$s --virtual-time-budget=9000 --enable-logging=stderr \
                %3$s '%4$s' 2>%5$s
                """.formatted(bed.directory(), size, action, URL + fragment, log));
    }
}
