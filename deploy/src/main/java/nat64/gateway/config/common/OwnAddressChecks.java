// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.session.pool4.Pool4Range;

/** Addresses that belong to hosts cannot be inside pool4 or a Pref64, whose packets all go to the translator. */
public final class OwnAddressChecks {

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;
    private final List<Located<Pool4Range>> pool4;

    public OwnAddressChecks(Reading reading, List<Located<Pref64>> pref64s, List<Located<Pool4Range>> pool4) {
        this.reading = reading;
        this.pref64s = pref64s;
        this.pool4 = pool4;
    }

    public void check(Located<InetAddress> address) {
        var octets = address.value().getAddress();
        if (octets.length == Ipv6Address.LENGTH) {
            pref64s.stream()
                    .filter(pref64 -> pref64.value().contains(Ipv6Address.ofBytes(octets)))
                    .forEach(pref64 -> refuse(address, "Pref64 " + pref64.value() + " " + pref64.place()));
        } else {
            int ipv4 = ByteBuffer.wrap(octets).getInt();
            pool4.stream()
                    .filter(range -> range.value().prefix().contains(ipv4))
                    .forEach(range ->
                            refuse(address, "pool4 prefix " + range.value().prefix() + " " + range.place()));
        }
    }

    private void refuse(Located<InetAddress> address, String range) {
        reading.error(
                address,
                Endpoints.text(address.value()) + " is inside the " + range
                        + ", whose packets go to the translator; use an address outside");
    }
}
