// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.gateway.config.translator.log.BindingLogConfig;

/**
 * The translating half.
 *
 * @param setUpHost whether the gateway sets addresses, routes, forwarding and nftables, and removes them at the end
 * @param translation how packets are translated, in every mode
 * @param stateful used in the mode {@link TranslatorMode#NAT64} only
 * @param stateless used in the other modes only
 * @param bindingLog of the mode {@link TranslatorMode#NAT64}
 */
public record TranslatorConfig(
        TranslatorMode mode,
        DeviceConfig device,
        boolean setUpHost,
        TranslationConfig translation,
        StatefulConfig stateful,
        StatelessConfig stateless,
        BindingLogConfig bindingLog) {

    /**
     * Whether datagrams are sent through the translator to find out whether they come back: that takes a device of its
     * own, which only a gateway that sets up its host has.
     */
    public boolean isProbed() {
        return device.probed() && setUpHost && device.type() == DeviceType.TUN && !mode.isStateless();
    }

    /** The same with another stateful part. */
    public TranslatorConfig with(StatefulConfig other) {
        return new TranslatorConfig(mode, device, setUpHost, translation, other, stateless, bindingLog);
    }
}
