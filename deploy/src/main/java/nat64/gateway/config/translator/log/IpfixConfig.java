// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import java.util.Optional;

/**
 * The log of bindings as IPFIX.
 *
 * @param collector nothing for no IPFIX
 * @param observationDomain tells several gateways of one address apart (RFC 7011, section 3.1)
 */
public record IpfixConfig(Optional<LogServer> collector, int observationDomain) {}
