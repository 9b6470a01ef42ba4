// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;

/**
 * How packets are translated, where RFC 7915 leaves the choice.
 *
 * @param lowestIpv6Mtu octets
 * @param ipv6Mtu octets of the next link on the IPv6 side, or {@link #AUTO}
 * @param ipv4Mtu octets of the next link on the IPv4 side, or {@link #AUTO}
 * @param mssClamp as in {@link TranslationOptions}
 * @param trafficClass as in {@link TranslationOptions}
 * @param typeOfService as in {@link TranslationOptions}
 * @param icmpErrorsPerSecond 0 is none at all
 */
public record TranslationConfig(
        int lowestIpv6Mtu,
        int ipv6Mtu,
        int ipv4Mtu,
        int mssClamp,
        int trafficClass,
        int typeOfService,
        int icmpErrorsPerSecond) {

    /** The host knows the MTU. */
    public static final int AUTO = 0;

    /** Whether an MTU has to be asked of the host. */
    public boolean needsHostMtus() {
        return ipv6Mtu == AUTO || ipv4Mtu == AUTO;
    }

    /** As the translator wants it; what is {@code auto} is read from the host's MTUs each time. */
    public TranslationOptions options(NextHopMtus host) {
        return new TranslationOptions(
                lowestIpv6Mtu, new Mtus(ipv6Mtu, ipv4Mtu, host), mssClamp, trafficClass, typeOfService);
    }

    private record Mtus(int givenIpv6, int givenIpv4, NextHopMtus host) implements NextHopMtus {

        @Override
        public int ipv6() {
            return givenIpv6 == AUTO ? host.ipv6() : givenIpv6;
        }

        @Override
        public int ipv4() {
            return givenIpv4 == AUTO ? host.ipv4() : givenIpv4;
        }
    }
}
