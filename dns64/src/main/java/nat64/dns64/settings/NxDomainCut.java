// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

/** Which denials of a name also speak for the names below it (RFC 8020, section 2). */
public enum NxDomainCut {
    /** All. */
    ALL,
    /** Those whose signatures are checked. */
    SECURE,
    /** None: each name is asked for by itself. */
    OFF
}
