// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/** A key with a mapping, empty by default, whose own keys the operator chooses; each has a list of values. */
public record MapKey<K, T>(About about, Format<K> keyFormat, Format<T> format) implements Key {}
