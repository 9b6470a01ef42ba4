// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

/** Which of several Pref64s a client gets to see. */
public enum PrefixPolicy {
    /** All that work: an AAAA record for each A record and each prefix. */
    ALL,
    /** The first that works. */
    FIRST_HEALTHY,
    /**
     * One of those that work, always the same for all addresses of an IPv6 /64, and for each IPv4 address: a translator
     * keeps state. When a prefix goes or comes, only clients of that prefix change (rendezvous hashing).
     */
    HASH
}
