// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import nat64.dns64.statistics.CachedAnswer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What operators ask about the cache of the DNS64. */
class CacheQueryTest {

    private static final Name NAME = Name.fromConstantString("www.example.org.");

    private String asked = "";
    private final CacheQuery queries = new CacheQuery((name, skip, most) -> {
        asked = "%s from %d, %d".formatted(name, skip, most);
        return List.of(
                new CachedAnswer(
                        NAME,
                        Type.A,
                        true,
                        false,
                        CachedAnswer.Kind.DATA,
                        42,
                        List.of(new ARecord(NAME, DClass.IN, 42, InetAddress.ofLiteral("192.0.2.33")))),
                new CachedAnswer(NAME, 0, false, false, CachedAnswer.Kind.NXDOMAIN, -5, List.of()));
    });

    @Test
    void anEntryIsToldWhole() {
        assertThat(queries.entries(Map.of("name", "example.org")))
                .doesNotContainKey("next")
                .extractingByKey("entries", LIST)
                .first(MAP)
                .containsEntry("name", "www.example.org.")
                .containsEntry("type", "A")
                .containsEntry("kind", "data")
                .containsEntry("seconds_left", 42L)
                .containsEntry("dnssec_ok", true)
                .containsEntry("records", List.of("www.example.org. 42 A 192.0.2.33"));
        assertThat(asked).isEqualTo("example.org. from 0, 100");
    }

    @Test
    void theDenialOfANameIsOfEveryType() {
        assertThat(queries.entries(Map.of()))
                .extractingByKey("entries", LIST)
                .last(MAP)
                .containsEntry("type", "*")
                .containsEntry("kind", "nxdomain")
                .containsEntry("seconds_left", -5L);
        assertThat(asked).isEqualTo(". from 0, 100");
    }

    @Test
    void aFullPageSaysHowToGoOn() {
        assertThat(queries.entries(Map.of("limit", "2", "cursor", "6"))).containsEntry("next", "8");
        assertThat(asked).isEqualTo(". from 6, 2");
    }

    @Test
    void aWrongParameterIsRefused() {
        assertThatThrownBy(() -> queries.entries(Map.of("name", "a..b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the parameter 'name': 'a..b' is not a domain name");
        assertThatThrownBy(() -> queries.entries(Map.of("limit", "10001")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 10000");
    }
}
