// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

/** All that a translator has to be told: stateful ({@link TranslatorSettings}) or stateless ({@link SiitSettings}). */
public sealed interface PacketTranslatorSettings permits TranslatorSettings, SiitSettings {}
