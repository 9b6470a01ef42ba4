// SPDX-License-Identifier: Apache-2.0
/**
 * A short life of the gateway in memory, which {@code nat64 train} runs so that the JVM can record an AOT cache.
 * Needs no privileges and no network. Imports the gateway and what it needs to configure one.
 */
@NullMarked
package nat64.gateway.training;

import org.jspecify.annotations.NullMarked;
