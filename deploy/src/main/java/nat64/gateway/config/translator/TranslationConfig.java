// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.gateway.config.file.AutoOr;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;

/**
 * How packets are translated, where RFC 7915 leaves the choice.
 *
 * @param options those of the translator, on links of unknown MTU
 * @param ipv6Mtu bytes of the next link on the IPv6 side
 * @param ipv4Mtu bytes of the next link on the IPv4 side
 * @param icmpErrorsPerSecond 0 is none at all
 */
public record TranslationConfig(
        TranslationOptions options, AutoOr<Integer> ipv6Mtu, AutoOr<Integer> ipv4Mtu, int icmpErrorsPerSecond) {

    /** Whether the MTU of a link is to be found on the host. */
    public boolean needsHostMtus() {
        return ipv6Mtu.isAuto() || ipv4Mtu.isAuto();
    }

    /** The options of the translator; an automatic MTU is read from those of the host each time. */
    public TranslationOptions options(NextHopMtus host) {
        return options.with(new Mtus(ipv6Mtu, ipv4Mtu, host));
    }

    private record Mtus(AutoOr<Integer> givenIpv6, AutoOr<Integer> givenIpv4, NextHopMtus host) implements NextHopMtus {

        @Override
        public int ipv6() {
            return givenIpv6 instanceof AutoOr.Given<Integer>(Integer bytes) ? bytes : host.ipv6();
        }

        @Override
        public int ipv4() {
            return givenIpv4 instanceof AutoOr.Given<Integer>(Integer bytes) ? bytes : host.ipv4();
        }
    }
}
