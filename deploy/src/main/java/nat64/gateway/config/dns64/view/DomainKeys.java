// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import static nat64.gateway.config.file.Key.REQUIRED;

import nat64.dns64.synthesis.DomainMode;
import nat64.gateway.config.common.NameFormats;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.ValueKey;
import org.xbill.DNS.Name;

/** A list of domains, and the keys of an item. */
record DomainKeys(ItemsKey domains, ValueKey<Name> name, ValueKey<DomainMode> mode) {

    static final String EXAMPLE = "[{name: example.org, mode: never}]";

    static DomainKeys of(ItemsKey domains) {
        return new DomainKeys(
                domains,
                domains.keys()
                        .value(
                                "name",
                                REQUIRED,
                                NameFormats.DOMAIN,
                                "A domain and all names in it; `.` is all names. A private reverse zone named here is"
                                        + " asked of the upstreams, not answered here."),
                domains.keys()
                        .value(
                                "mode",
                                REQUIRED,
                                Formats.oneOf(DomainMode.class),
                                "`synthesize`; `force`: AAAA records from A records even where there are real ones;"
                                        + " `never`: real ones only; `filter`: none at all."));
    }
}
