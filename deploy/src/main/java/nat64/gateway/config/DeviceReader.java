// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;

/** Reads the section {@code translator.device}. */
final class DeviceReader {

    private static final String NONE = "none";
    private static final Format<String> INTERFACE =
            new Format<>("eth0", Formats.DEVICE_NAME.parser()).or(Map.of(NONE, ""));
    private static final Format<Optional<Ipv6Address>> IPV6_GATEWAY = new Format<Optional<Ipv6Address>>(
                    "fe80::1", text -> Optional.of(Ipv6Address.parse(text)))
            .or(Map.of(Formats.AUTO, Optional.empty()));
    private static final Format<Optional<Integer>> IPV4_GATEWAY = new Format<Optional<Integer>>(
                    "192.0.2.1", text -> Optional.of(Ipv4Address.parse(text)))
            .or(Map.of(Formats.AUTO, Optional.empty()));

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;
    private final Located<TranslatorMode> mode;

    DeviceReader(Reading reading, List<Located<Pref64>> pref64s, Located<TranslatorMode> mode) {
        this.reading = reading;
        this.pref64s = pref64s;
        this.mode = mode;
    }

    DeviceConfig read(Section device) {
        var type = type(device);
        var address = device.value("address", "64:ff9b:1:ffff::1", Formats.HOST);
        var translatorAddress = device.value("translator-address", "64:ff9b:1:ffff::2", Formats.HOST);
        if (address.value().equals(translatorAddress.value())) {
            reading.error(
                    translatorAddress,
                    "is the same as translator.device.address " + address.place()
                            + "; give the translator one of its own");
        }
        refuseInPref64(address);
        refuseInPref64(translatorAddress);
        return new DeviceConfig(
                type.value(),
                device.value("name", "nat64", Formats.DEVICE_NAME).value(),
                device.value("offload", "true", Formats.BOOLEAN).value(),
                address.value(),
                translatorAddress.value(),
                pcap(device, type));
    }

    static Located<DeviceType> type(Section device) {
        return device.value("type", "tun", Formats.oneOf(DeviceType.class));
    }

    private PcapConfig pcap(Section device, Located<DeviceType> type) {
        var ipv6 = device.value("ipv6-interface", NONE, INTERFACE);
        var ipv4 = device.value("ipv4-interface", NONE, INTERFACE);
        if (type.value() == DeviceType.PCAP) {
            requireInterface(type, ipv6);
            requireInterface(type, ipv4);
            if (mode.value() == TranslatorMode.CLAT) {
                reading.error(
                        type,
                        "can't be pcap in mode clat: programs of this host send through its kernel; set it to tun");
            }
        }
        return new PcapConfig(
                ipv6.value(),
                ipv4.value(),
                device.value("ipv6-gateway", Formats.AUTO, IPV6_GATEWAY).value(),
                device.value("ipv4-gateway", Formats.AUTO, IPV4_GATEWAY).value());
    }

    private void requireInterface(Located<DeviceType> type, Located<String> name) {
        if (name.value().isEmpty()) {
            reading.error(type, "pcap needs %s; set it to the name of an interface such as eth0".formatted(name.key()));
        }
    }

    private void refuseInPref64(Located<Ipv6Address> address) {
        for (var pref64 : pref64s) {
            if (pref64.value().contains(address.value())) {
                reading.error(
                        address.isDefault() ? pref64.with(address.value()) : address,
                        "%s (%s %s) is inside the Pref64 %s; set %s to an address outside"
                                .formatted(
                                        address.value(),
                                        address.key(),
                                        address.place(),
                                        pref64.value(),
                                        address.key()));
            }
        }
    }
}
