// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.dns64.settings.NetworkLengths;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.TlsSettings;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;

/** Reads what the section {@code dns64} says of how clients are served. */
final class ServingReader {

    private final Reading reading;
    private final OwnAddressChecks ownAddresses;

    ServingReader(Reading reading, OwnAddressChecks ownAddresses) {
        this.reading = reading;
        this.ownAddresses = ownAddresses;
    }

    ListenConfig read(Section dns64, Endpoints plain) {
        var tls = dns64.section(TlsKeys.KEYS);
        var listen = tls.values(TlsKeys.LISTEN);
        var https = tls.values(TlsKeys.HTTPS);
        Stream.concat(listen.stream(), https.stream())
                .forEach(located -> located.value()
                        .given()
                        .forEach(endpoint -> ownAddresses.check(located.with(endpoint.getAddress()))));
        return new ListenConfig(
                plain,
                new AutoPorts(Endpoints.all(listen).auto(), Endpoints.all(https).auto()),
                new ServingSettings(
                        tls(tls, listen, https),
                        dns64.value(Dns64Keys.COOKIE_SECRETS).value(),
                        dns64.value(Dns64Keys.UDP_RESPONSES_PER_SECOND).value(),
                        new NetworkLengths(
                                dns64.value(Dns64Keys.CLIENT_PREFIX_V6).value(),
                                dns64.value(Dns64Keys.CLIENT_PREFIX_V4).value())),
                dns64.value(Dns64Keys.THREADS).value());
    }

    private Optional<TlsSettings> tls(Section tls, List<Located<Endpoints>> listen, List<Located<Endpoints>> https) {
        var certificate = tls.value(TlsKeys.CERTIFICATE);
        var key = tls.value(TlsKeys.KEY);
        var path = tls.value(TlsKeys.PATH);
        var name = tls.value(TlsKeys.NAME);
        if (certificate.value().isEmpty() || key.value().isEmpty()) {
            needBoth(certificate, key, Stream.of(listen, https, List.of(path), List.of(name)));
            return Optional.empty();
        }
        refuseOneSocketForBoth(listen, https);
        return Optional.of(new TlsSettings(
                certificate.value().get(),
                key.value().get(),
                Endpoints.all(listen).given(),
                Endpoints.all(https).given(),
                path.value(),
                name.value()));
    }

    private void needBoth(
            Located<Optional<Path>> certificate,
            Located<Optional<Path>> key,
            Stream<? extends List<? extends Located<?>>> others) {
        if (certificate.value().isPresent() && key.isDefault()) {
            reading.error(certificate, "needs its key; also set dns64.tls.key");
        } else if (key.value().isPresent() && certificate.isDefault()) {
            reading.error(key, "needs its certificate; also set dns64.tls.certificate");
        } else if (certificate.isDefault() && key.isDefault()) {
            others.flatMap(List::stream)
                    .filter(located -> !located.isDefault())
                    .findFirst()
                    .ifPresent(located ->
                            reading.error(located, "needs a certificate; set dns64.tls.certificate and dns64.tls.key"));
        }
    }

    private void refuseOneSocketForBoth(List<Located<Endpoints>> listen, List<Located<Endpoints>> https) {
        for (var endpoint : https) {
            listen.stream()
                    .filter(other -> other.value().equals(endpoint.value())
                            && !endpoint.value().auto())
                    .forEach(other -> reading.error(
                            endpoint,
                            "is where DNS over TLS is answered (%s); give one of the two another port"
                                    .formatted(other.place())));
        }
    }
}
