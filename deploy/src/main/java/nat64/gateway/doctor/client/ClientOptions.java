// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.Optional;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * What the checks of a client use.
 *
 * @param name one with A records only
 * @param target where echo requests and TCP connections are sent
 * @param resolver the IPv4 address of a DNS server beyond the NAT64, as {@code int}
 * @param pref64 the one to use, if it is not to be discovered
 */
public record ClientOptions(String name, Target target, int resolver, Optional<Pref64> pref64) {

    /** The name that every DNS64 knows (RFC 7050), which is asked for where no other is given. */
    public static final String WELL_KNOWN_NAME = "ipv4only.arpa";

    /** A public resolver (Quad9), which answers echo requests, and DNS by UDP and HTTPS. */
    public static final String PUBLIC_RESOLVER = "9.9.9.9";

    public ClientOptions {
        requireName(name);
        if (!target.isLiteral()) {
            requireName(target.host());
        }
    }

    private static void requireName(String text) {
        try {
            Name.fromString(text);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'%s' is not a domain name: %s".formatted(text, e.getMessage()), e);
        }
    }
}
