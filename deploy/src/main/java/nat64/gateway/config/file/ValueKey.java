// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

/** A key with one value. */
public record ValueKey<T>(About about, Format<T> format) implements Key {}
