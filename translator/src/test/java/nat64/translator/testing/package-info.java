// SPDX-License-Identifier: Apache-2.0
/** What several tests need: packets built and read by an independent library, and a translator in memory. */
package nat64.translator.testing;
