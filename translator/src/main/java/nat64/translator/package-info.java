// SPDX-License-Identifier: Apache-2.0
/**
 * The translators, assembled, and the threads that run them: what the program uses. {@link
 * nat64.translator.TranslatorThreads} starts a translator with settings and packet ports, changes its settings, lists
 * its sessions, and counts. Its methods are for any thread; a {@link nat64.translator.PacketTranslator} is for one
 * thread. This package imports all layers below it except {@code device}, whose ports it is given.
 */
@NullMarked
package nat64.translator;

import org.jspecify.annotations.NullMarked;
