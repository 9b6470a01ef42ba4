// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import static nat64.gateway.config.common.AddressFormats.IPV6_PREFIX;
import static nat64.gateway.config.common.AddressFormats.PREF64;
import static nat64.gateway.config.file.Formats.BOOLEAN;
import static nat64.gateway.config.file.Formats.oneOf;
import static nat64.gateway.config.file.OnChange.RELOAD;

import java.util.Optional;
import nat64.dns64.synthesis.View.Cause;
import nat64.gateway.config.common.NameFormats;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import org.xbill.DNS.Name;

/** The keys of the section {@code dns64} that say how queries are answered. */
public final class AnswerKeys {

    public static final Keys KEYS = Keys.section("dns64");

    static final SwitchKeys SWITCHES = new SwitchKeys(
            KEYS.value(
                    "synthesize",
                    "true",
                    BOOLEAN,
                    RELOAD,
                    "Whether AAAA records are synthesized at all. Without it, real ones are shown and `ipv4only.arpa`"
                            + " reveals no prefix."),
            KEYS.listOrEmpty(
                    "pref64",
                    "[]",
                    PREF64,
                    RELOAD,
                    "The prefixes of answers, at most 16, if they are not those of `pref64`. Where this gateway"
                            + " translates, too, each is one of `pref64`."),
            KEYS.value(
                    "pref64-policy",
                    "all",
                    SwitchKeys.POLICY,
                    RELOAD,
                    "Which of several prefixes a client gets: `all`, `first-healthy`, or `hash` for one that stays"
                            + " the same for an IPv6 /64 and for an IPv4 address."),
            KEYS.listOrEmpty(
                    "exclude",
                    "[\"::ffff:0:0/96\"]",
                    IPV6_PREFIX,
                    RELOAD,
                    "AAAA records inside these prefixes count as absent (RFC 6147, section 5.1.4)."),
            KEYS.list(
                    "synthesize-on",
                    "[nodata, error, timeout]",
                    oneOf(Cause.class),
                    RELOAD,
                    "The outcomes of an AAAA query after which A records are used (RFC 6147, sections 5.1.2 and"
                            + " 5.1.3)."),
            KEYS.value(
                    "synthesize-with-cd",
                    "false",
                    SwitchKeys.WITH_CD,
                    RELOAD,
                    "Synthesizes AAAA records also for clients that set CD: `true` for those without DO, `always` also"
                            + " for those with DO, which RFC 6147, section 5.5, takes for validators and forbids; see"
                            + " [DNS64](dns64.md#forwarders-behind-this-dns64)."),
            DomainKeys.of(KEYS.itemsOrEmpty(
                    "domains",
                    "[]",
                    DomainKeys.EXAMPLE,
                    RELOAD,
                    "Domains with their own rules, such as `{name: example.org, mode: force}`. The longest match"
                            + " wins. Built in is `never` for cluster.local.")),
            RangeKeys.of(KEYS.itemsOrEmpty(
                    "ipv4-ranges",
                    "[]",
                    RangeKeys.EXAMPLE,
                    RELOAD,
                    "IPv4 addresses with their own Pref64, such as `{ipv4: 10.0.0.0/8, pref64: none}`. The longest"
                            + " range wins.")));

    static final ItemsKey VIEWS = KEYS.itemsOrEmpty(
            "views",
            "[]",
            "[{name: site-a, clients: [10.0.0.0/8]}]",
            RELOAD,
            "Clients with their own rules; the keys above are for all clients that are in no view. Clients of a view"
                    + " must be among `clients`, too. At most 255 views.");
    static final ViewKeys VIEW = ViewKeys.of(VIEWS.keys());

    static final ValueKey<Ptr> PTR = KEYS.value(
            "ptr",
            "cname",
            oneOf(Ptr.class),
            RELOAD,
            "How reverse names inside a Pref64 are answered (RFC 6147, section 5.3.1): `cname` to the name of the IPv4"
                    + " address, or `inline` with the PTR records found there.");
    static final ValueKey<Optional<Name>> NAT64_NAME = KEYS.value(
            "nat64-name",
            "none",
            NameFormats.HOST_OR_NONE,
            RELOAD,
            "A name for the NAT64 (RFC 7050, section 3.1.1): the reverse name of 192.0.0.170 and .171 inside a Pref64"
                    + " then points to it, not to `ipv4only.arpa`, and its AAAA records are these addresses.");
    static final ValueKey<Boolean> BROWSER_CANARY = KEYS.value(
            "browser-canary",
            "true",
            BOOLEAN,
            RELOAD,
            "Answers NXDOMAIN for `use-application-dns.net`, so that browsers do not use their own resolvers, which"
                    + " know no Pref64. Not for views without synthesis.");

    static final ValueKey<Boolean> REBINDING_PROTECTION = KEYS.value(
            "rebinding-protection",
            "true",
            BOOLEAN,
            RELOAD,
            "Leaves addresses of the host, the link and private networks (such as `::1`, fc00::/7, fe80::/10,"
                    + " 127.0.0.0/8, RFC 1918, 100.64.0.0/10) out of answers of upstreams. Not for"
                    + " `dns64.private-domains`, zones in `dns64.forward`, home.arpa, local and internal.");
    static final ListKey<Name> PRIVATE_DOMAINS = KEYS.listOrEmpty(
            "private-domains",
            "[]",
            NameFormats.DOMAIN,
            RELOAD,
            "Domains whose names may have private addresses, as those of a company's own hosts.");
    static final ValueKey<Boolean> SYNTHESIZE_PRIVATE = KEYS.value(
            "synthesize-private",
            "true",
            BOOLEAN,
            RELOAD,
            "Whether a Pref64 of your own may carry private IPv4 addresses (RFC 1918, 100.64.0.0/10): hosts behind the"
                    + " NAT64 that are in no public network. With `false`, no AAAA records are made for them; a range"
                    + " in `dns64.ipv4-ranges` is an exception.");
    static final ValueKey<Boolean> SYNTHESIZE_OWN = KEYS.value(
            "synthesize-own",
            "false",
            BOOLEAN,
            RELOAD,
            "Whether AAAA records are made for the IPv4 addresses of the gateway's own host, so that its services are"
                    + " reached through a Pref64. Only where this gateway translates, too.");

    private AnswerKeys() {}

    enum Ptr {
        CNAME,
        INLINE
    }
}
