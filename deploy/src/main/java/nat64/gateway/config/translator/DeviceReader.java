// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;

/** Reads the section {@code translator.device}. */
final class DeviceReader {

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;
    private final Located<TranslatorMode> mode;

    DeviceReader(Reading reading, List<Located<Pref64>> pref64s, Located<TranslatorMode> mode) {
        this.reading = reading;
        this.pref64s = pref64s;
        this.mode = mode;
    }

    DeviceConfig read(Section translator) {
        var device = translator.section(DeviceKeys.KEYS);
        var type = device.value(DeviceKeys.TYPE);
        var address = device.value(DeviceKeys.ADDRESS);
        var translatorAddress = device.value(DeviceKeys.TRANSLATOR_ADDRESS);
        if (address.value().equals(translatorAddress.value())) {
            reading.error(
                    translatorAddress,
                    "is the same as translator.device.address " + address.place()
                            + "; give the translator its own address");
        }
        refuseInPref64(address);
        refuseInPref64(translatorAddress);
        return new DeviceConfig(
                type.value(),
                device.value(DeviceKeys.NAME).value(),
                device.value(DeviceKeys.OFFLOAD).value(),
                address.value(),
                translatorAddress.value(),
                new WorkersConfig(
                        translator.value(TranslatorKeys.WORKERS).value(),
                        translator.value(TranslatorKeys.PIN_WORKERS).value()),
                pcap(device, type),
                device.value(DeviceKeys.PROBE).value());
    }

    private PcapConfig pcap(Section device, Located<DeviceType> type) {
        var ipv6 = device.value(DeviceKeys.IPV6_INTERFACE);
        var ipv4 = device.value(DeviceKeys.IPV4_INTERFACE);
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
                ipv6.value().orElse(""),
                ipv4.value().orElse(""),
                device.value(DeviceKeys.IPV6_GATEWAY).value(),
                device.value(DeviceKeys.IPV4_GATEWAY).value());
    }

    private void requireInterface(Located<DeviceType> type, Located<Optional<String>> name) {
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
