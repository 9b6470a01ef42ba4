// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

/** Makes the handlers of a connection close it as soon as its queries are answered. An event of a Netty pipeline. */
enum Drain {
    NOW
}
