// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.config.admin.AdminKeys;
import nat64.gateway.config.admin.AdminTlsKeys;
import nat64.gateway.config.dns64.Dns64Keys;
import nat64.gateway.config.dns64.QueryLogKeys;
import nat64.gateway.config.dns64.TlsKeys;
import nat64.gateway.config.dns64.upstream.DnssecKeys;
import nat64.gateway.config.dns64.upstream.UpstreamKeys;
import nat64.gateway.config.dns64.view.AnswerKeys;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.translator.ClatKeys;
import nat64.gateway.config.translator.DeviceKeys;
import nat64.gateway.config.translator.LifetimeKeys;
import nat64.gateway.config.translator.MtuKeys;
import nat64.gateway.config.translator.PortBlockKeys;
import nat64.gateway.config.translator.StatelessKeys;
import nat64.gateway.config.translator.SubscriberKeys;
import nat64.gateway.config.translator.TranslatorKeys;
import nat64.gateway.config.translator.log.BindingLogKeys;
import nat64.gateway.config.translator.log.IpfixKeys;
import nat64.gateway.config.translator.log.JsonLogKeys;
import nat64.gateway.config.translator.log.SyslogKeys;

/** All keys, in the order of the documentation. */
final class AllKeys {

    static final List<Keys> SECTIONS = List.of(
            GatewayKeys.KEYS,
            TranslatorKeys.KEYS,
            MtuKeys.KEYS,
            SubscriberKeys.KEYS,
            PortBlockKeys.KEYS,
            LifetimeKeys.KEYS,
            BindingLogKeys.KEYS,
            JsonLogKeys.KEYS,
            SyslogKeys.KEYS,
            IpfixKeys.KEYS,
            DeviceKeys.KEYS,
            StatelessKeys.KEYS,
            ClatKeys.KEYS,
            Dns64Keys.KEYS,
            UpstreamKeys.KEYS,
            AnswerKeys.KEYS,
            TlsKeys.KEYS,
            DnssecKeys.KEYS,
            QueryLogKeys.KEYS,
            FileKeys.KEYS,
            RestartKeys.KEYS,
            AdminKeys.KEYS,
            AdminTlsKeys.KEYS,
            MetricsKeys.KEYS,
            LogKeys.KEYS);

    private AllKeys() {}

    /** Those of list items included. */
    static Stream<Key> stream() {
        return SECTIONS.stream().flatMap(Keys::deep);
    }
}
