// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;

class DnssecSettingsTest {

    /** The keys themselves, as IANA publishes them and Debian has them in dns-root-data. */
    private static final List<String> ROOT_KEYS = List.of(
            ". 172800 IN DNSKEY 257 3 8 "
                    + "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7S"
                    + "WXgnLh4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3"
                    + "rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilB"
                    + "mSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU=",
            ". 172800 IN DNSKEY 257 3 8 "
                    + "AwEAAa96jeuknZlaeSrvyAJj6ZHv28hhOKkx3rLGXVaC6rXTsDc449/cidltpkyGwCJNnOAlFNKF2jBosZBU5eeHsp"
                    + "aQWOmOElZsjICMQMC3aeHbGiShvZsx4wMYSjH8e7Vrhbu6irwCzVBApESjbUdpWWmEnhathWu1jo+siFUiRAAxm9qy"
                    + "JNg/wOZqqzL/dL/q8PkcRU5oUKEpUge71M3ej2/7CPqpdVwuMoTvoB+ZOT4YeGyxMvHmbrxlFzGOHOijtzN+u1TQNa"
                    + "tX2XBuzZNQ1K+s2CXkPIZo7s6JgZyvaBevYtxPvYLw4z9mR7K2vaF18UYH9Z9GNUUeayffKC73PYc=");

    @Test
    void trustsTheKeysOfTheRoot() {
        var digests = ROOT_KEYS.stream()
                .map(key -> (DNSKEYRecord) records(key).getFirst())
                .map(key -> new DSRecord(key.getName(), DClass.IN, 0, DNSSEC.Digest.SHA256, key))
                .toList();

        assertThat(DnssecSettings.ROOT_ANCHORS).isEqualTo(digests);
    }

    @Test
    void refusesToCheckSignaturesWithoutAnAnchor() {
        assertThatThrownBy(() -> new DnssecSettings(DnssecMode.LOCAL, List.of(), List.of()))
                .hasMessageContaining("trust anchors");
    }

    @Test
    void refusesAnAnchorOfAnotherType() {
        assertThatThrownBy(() -> new DnssecSettings(DnssecMode.LOCAL, records(". 1 IN A 192.0.2.1"), List.of()))
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void refusesToTrustNothingAtAll() {
        assertThatThrownBy(() -> new DnssecSettings(DnssecMode.LOCAL, DnssecSettings.ROOT_ANCHORS, List.of(name("."))))
                .hasMessageContaining("root");
    }
}
