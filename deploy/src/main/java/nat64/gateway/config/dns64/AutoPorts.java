// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

/**
 * Which encrypted transports are also answered wherever plain DNS is answered.
 *
 * @param tls DNS over TLS, on port 853
 * @param https DNS over HTTPS, on port 443
 */
public record AutoPorts(boolean tls, boolean https) {

    public static final int TLS = 853; // RFC 7858, section 3.1
    public static final int HTTPS = 443;

    static final AutoPorts NONE = new AutoPorts(false, false);
}
