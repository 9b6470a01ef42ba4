// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of the translator in memory: no device, no kernel. What they show is in docs/benchmarks.md. */
package nat64.bench;
