// SPDX-License-Identifier: Apache-2.0
/**
 * A short life of the gateway, which {@code nat64 train} runs so that the JVM can record an AOT cache: in memory, which
 * needs no privileges and no network, and for real in a network namespace. Imports the gateway and what it needs to
 * configure one.
 */
@NullMarked
package nat64.gateway.training;

import org.jspecify.annotations.NullMarked;
