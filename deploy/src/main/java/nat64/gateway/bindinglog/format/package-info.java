// SPDX-License-Identifier: Apache-2.0
/** Records of the binding log as bytes: JSON lines, syslog (RFC 5424) and IPFIX (RFC 7011, RFC 8158). Pure: no I/O. */
@NullMarked
package nat64.gateway.bindinglog.format;

import org.jspecify.annotations.NullMarked;
