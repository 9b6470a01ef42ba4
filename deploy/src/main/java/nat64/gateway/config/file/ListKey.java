// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/** A key with a list of different values, in an order that may matter. */
public record ListKey<T>(About about, Format<T> format, boolean mayBeEmpty) implements Key {}
