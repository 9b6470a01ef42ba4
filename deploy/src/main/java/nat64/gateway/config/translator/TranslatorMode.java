// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

/** How the translator works. */
public enum TranslatorMode {
    /** With state: many IPv6 hosts share IPv4 addresses (RFC 6146). */
    NAT64,
    /** Without state: each IPv6 host has an IPv4 address of its own (RFC 7915, RFC 7757). */
    SIIT,
    /** Without state, on the IPv4 host itself: it reaches a NAT64 elsewhere (464XLAT, RFC 6877). */
    CLAT;

    public boolean isStateless() {
        return this != NAT64;
    }
}
