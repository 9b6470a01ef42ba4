// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Reads what the section {@code dns64} says of how clients are served. */
final class ServingReader {

    private static final String NONE = "none";
    private static final int HIGHEST_RATE = 1_000_000_000;
    private static final Pattern URL_PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@/-]*"); // RFC 3986, section 3.3
    private static final Pattern HOST_NAME =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z0-9-]*[A-Za-z]\\.?");

    private static final Format<Optional<Path>> CERTIFICATE = orNone("/etc/nat64/tls.crt", ServingReader::file);
    private static final Format<Optional<Path>> KEY = orNone("/etc/nat64/tls.key", ServingReader::file);
    private static final Format<Optional<Path>> COOKIE_SECRETS = orNone("/etc/nat64/cookies", ServingReader::file);
    static final Format<Optional<Name>> NAME = orNone("dns.example.org", ServingReader::name);
    private static final Format<String> PATH = new Format<>("/dns-query", ServingReader::urlPath);

    private final Reading reading;
    private final OwnAddressChecks ownAddresses;

    ServingReader(Reading reading, OwnAddressChecks ownAddresses) {
        this.reading = reading;
        this.ownAddresses = ownAddresses;
    }

    ServingConfig read(Section dns64) {
        return new ServingConfig(
                tls(dns64.section("tls")),
                dns64.value("cookie-secrets", NONE, COOKIE_SECRETS).value(),
                dns64.value("udp-responses-per-second", "1000", Formats.integer(0, HIGHEST_RATE))
                        .value());
    }

    private Optional<TlsConfig> tls(Section tls) {
        var certificate = tls.value("certificate", NONE, CERTIFICATE);
        var key = tls.value("key", NONE, KEY);
        var listen = tls.valuesIfAny("listen", "[auto]", AddressFormats.listen(TlsConfig.TLS_PORT));
        var https = tls.valuesIfAny("https", "[]", AddressFormats.listen(TlsConfig.HTTPS_PORT));
        var path = tls.value("path", "/dns-query", PATH);
        var name = tls.value("name", NONE, NAME);
        Stream.concat(listen.stream(), https.stream())
                .forEach(located -> located.value()
                        .given()
                        .forEach(endpoint -> ownAddresses.check(located.with(endpoint.getAddress()))));
        if (certificate.value().isEmpty() || key.value().isEmpty()) {
            needBoth(certificate, key, Stream.of(listen, https, List.of(path), List.of(name)));
            return Optional.empty();
        }
        refuseOneSocketForBoth(listen, https);
        return Optional.of(new TlsConfig(
                certificate.value().get(),
                key.value().get(),
                Endpoints.all(listen),
                Endpoints.all(https),
                path.value(),
                name.value()));
    }

    private void needBoth(
            Located<Optional<Path>> certificate,
            Located<Optional<Path>> key,
            Stream<? extends List<? extends Located<?>>> others) {
        if (certificate.value().isPresent() && key.isDefault()) {
            reading.error(certificate, "is nothing without its key; set dns64.tls.key, too");
        } else if (key.value().isPresent() && certificate.isDefault()) {
            reading.error(key, "is nothing without its certificate; set dns64.tls.certificate, too");
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

    private static <T> Format<Optional<T>> orNone(String example, Function<String, T> parser) {
        return new Format<>(example, text -> text.equals(NONE) ? Optional.empty() : Optional.of(parser.apply(text)));
    }

    private static Path file(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(text + " does not say in which folder; write the path from / on");
        }
        return Path.of(text);
    }

    private static String urlPath(String text) {
        if (!URL_PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is no path of a URL");
        }
        return text;
    }

    private static Name name(String text) {
        if (!HOST_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is no name of a host");
        }
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(text + " is no name of a host", e);
        }
    }
}
