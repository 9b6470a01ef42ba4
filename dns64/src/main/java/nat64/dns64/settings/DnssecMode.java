// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

/** Who checks signatures (RFC 4035, section 5). */
public enum DnssecMode {
    /** No signatures are checked here; what a validating upstream calls bogus stays bogus. */
    OFF,
    /** The upstreams, whose AD bit is trusted (RFC 4035, section 4.9.3). */
    TRUST_UPSTREAM_AD,
    /** This DNS64, from trust anchors of its own. */
    LOCAL
}
