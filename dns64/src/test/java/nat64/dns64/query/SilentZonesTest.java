// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SilentZonesTest {

    private long now;
    private final SilentZones zones = new SilentZones(() -> now);

    @Test
    void rememberTheNeighboursOfAName() {
        zones.remember(name("www.example.org."));

        assertThat(zones.contains(name("mail.Example.ORG."))).isTrue();
        assertThat(zones.contains(name("www.sub.example.org."))).isFalse();
        assertThat(zones.contains(name("example.org."))).isTrue();
    }

    @Test
    void neverRememberATopLevelDomain() {
        zones.remember(name("example.org."));

        assertThat(zones.contains(name("example.org."))).isTrue();
        assertThat(zones.contains(name("example2.org."))).isFalse();
    }

    @Test
    void forgetAfterAnAnswerAndAfterAWhile() {
        zones.remember(name("www.example.org."));
        zones.forget(name("ftp.example.org."));
        assertThat(zones.contains(name("www.example.org."))).isFalse();

        zones.remember(name("www.example.org."));
        now += TimeUnit.MINUTES.toNanos(5) - 1;
        assertThat(zones.contains(name("www.example.org."))).isTrue();
        now++;
        assertThat(zones.contains(name("www.example.org."))).isFalse();
    }

    @Test
    void areNotTooMany() {
        for (int i = 0; i <= SilentZones.MAX_ZONES; i++) {
            zones.remember(name("www.z" + i + ".example.org."));
        }
        assertThat(zones.count()).isEqualTo(SilentZones.MAX_ZONES);
    }
}
