// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

/** Who checks signatures (RFC 4035, section 5). */
public enum DnssecMode {
    /** Nobody here; what an upstream that does finds wrong stays wrong. */
    OFF,
    /** The upstreams, whose AD bit is believed (RFC 4035, section 4.9.3). */
    TRUST_UPSTREAM_AD,
    /** This DNS64, from trust anchors of its own. */
    LOCAL
}
