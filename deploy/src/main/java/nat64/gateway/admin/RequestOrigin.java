// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

/** Where a request comes from, which decides what it may do. */
enum RequestOrigin {
    /** The Unix domain socket: the kernel has checked that the client may write to its file. */
    SOCKET,
    /** TLS, with the token that the operator has given to those who may do all. */
    TOKEN,
    /** TCP from this host. */
    LOOPBACK,
    /** TCP from another host. */
    REMOTE
}
