// SPDX-License-Identifier: Apache-2.0
/**
 * What the gateway reads from the host's network and changes on it, and how it reverts every change. Checks privileges,
 * tools and conflicting routes before the first change. Runs {@code ip} and {@code nft}, on the thread that starts or
 * stops the gateway; {@code HostWatch}, which restores what is lost, and the followers of MTUs and links have a thread
 * each. Imports {@code system}, {@code netlink}, {@code json} and addresses of the translator; knows no configuration.
 */
@NullMarked
package nat64.gateway.host;

import org.jspecify.annotations.NullMarked;
