// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

/** Tells the handlers of a connection to end it as soon as its queries are answered. An event of a Netty pipeline. */
enum Drain {
    NOW
}
