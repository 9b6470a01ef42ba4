// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static nat64.gateway.config.file.OnChange.RELOAD;
import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import nat64.gateway.config.text.FilePattern;
import nat64.translator.address.Pref64;

/** The keys that are in no section. */
final class GatewayKeys {

    static final Keys KEYS = Keys.section("");

    static final ValueKey<Role> ROLE = KEYS.value(
            "role", "both", Formats.oneOf(Role.class), RESTART, "Which halves run: `translator`, `dns64` or `both`.");
    static final ListKey<Pref64> PREF64 = KEYS.listOrEmpty(
            "pref64",
            "[64:ff9b::/96]",
            AddressFormats.PREF64,
            RELOAD,
            "Prefixes whose addresses carry IPv4 addresses (RFC 6052), used by both halves. The length is 32, 40, 48,"
                    + " 56, 64 or 96. IPv4 hosts that send first appear under the first one. Mode `siit` needs none if"
                    + " translator.stateless.eam has all hosts: `[]`.");
    static final ListKey<Clients> CLIENTS = KEYS.list(
            "clients",
            "[auto]",
            AddressFormats.CLIENTS,
            RELOAD,
            "Who may use the gateway: IPv6 and IPv4 prefixes. `auto` stands for loopback, private networks (fc00::/7,"
                    + " fe80::/10, RFC 1918, 100.64.0.0/10) and the networks attached to this host, but not for those"
                    + " of its uplink (see [below](#auto)).");
    static final ListKey<FilePattern> INCLUDE = KEYS.listOrEmpty(
            "include",
            "[]",
            Format.of("conf.d/*.yaml", FilePattern::parse),
            RELOAD,
            "Further files with any of these keys, read by name in the order of the list; `*` and `?` stand for"
                    + " characters of a file's name. Paths are relative to this file. See [several"
                    + " files](#several-files).");
    static final ValueKey<Boolean> TRANSLATE_NON_GLOBAL = KEYS.value(
            "translate-non-global",
            "false",
            Formats.BOOLEAN,
            RELOAD,
            "Lets 64:ff9b::/96 carry IPv4 addresses that are not global, against RFC 6052, section 3.1. A Pref64 of"
                    + " your own carries them anyway.");

    private GatewayKeys() {}
}
