// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.Problem;
import nat64.translator.TranslatorSettings;
import nat64.translator.translate.MssClamp;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationConfigTest {

    private static final NextHopMtus HOST = new NextHopMtus.Fixed(9000, 1492);

    @TempDir
    Path directory;

    @Test
    void asksTheHostForMtusByDefault() throws Exception {
        var options = load("").translatorSettings(HOST).translation();
        assertThat(options.mtus().ipv6()).isEqualTo(9000);
        assertThat(options.mtus().ipv4()).isEqualTo(1492);
        assertThat(options.mssClamp()).isEqualTo(MssClamp.AUTO);
        assertThat(options.trafficClass()).isEqualTo(TranslationOptions.COPY);
    }

    @Test
    void takesMtusFromTheFileBeforeThoseOfTheHost() throws Exception {
        var config = load("translator: {mtu: {ipv4: 1400}}");
        assertThat(config.translator().translation().needsHostMtus()).isTrue();
        var mtus = config.translatorSettings(HOST).translation().mtus();
        assertThat(mtus.ipv6()).isEqualTo(9000);
        assertThat(mtus.ipv4()).isEqualTo(1400);
        assertThat(load("translator: {mtu: {ipv4: 1400, ipv6: 1500}}")
                        .translator()
                        .translation()
                        .needsHostMtus())
                .isFalse();
    }

    @Test
    @Tag("C-003")
    @Tag("C-048")
    @Tag("C-050")
    void readsWhatRfc7915LeavesToTheOperator() throws Exception {
        var settings = load("translator: {mss-clamp: 1200, traffic-class: 0, type-of-service: 184, icmp-errors: 7}")
                .translatorSettings(HOST);
        assertThat(settings.translation().mssClamp()).isEqualTo(1200);
        assertThat(settings.translation().trafficClass()).isZero();
        assertThat(settings.translation().typeOfService()).isEqualTo(184);
        assertThat(settings.icmpErrorsPerSecond()).isEqualTo(7);
    }

    @Test
    @Tag("C-048")
    void knowsWordsForNoneAndNoLimit() throws Exception {
        assertThat(load("translator: {icmp-errors: off, mss-clamp: off}").translatorSettings(HOST))
                .returns(0, TranslatorSettings::icmpErrorsPerSecond)
                .returns(MssClamp.OFF, settings -> settings.translation().mssClamp());
        assertThat(load("translator: {icmp-errors: unlimited}").translatorSettings(HOST))
                .returns(TranslatorSettings.UNLIMITED_ICMP_ERRORS, TranslatorSettings::icmpErrorsPerSecond);
    }

    @ParameterizedTest
    @CsvSource({
        "'mtu: {ipv6: 1279}'",
        "'mtu: {ipv4: 67}'",
        "'mtu: {ipv4: big}'",
        "'mss-clamp: 87'",
        "'mss-clamp: on'",
        "'traffic-class: 256'",
        "'icmp-errors: -1'"
    })
    void refusesWhatMakesNoSense(String line) throws Exception {
        assertThat(problems("translator: {" + line + "}")).hasSize(1);
    }

    private GatewayConfig load(String yaml) throws Exception {
        return ConfigFile.load(write(yaml)).config();
    }

    private List<Problem> problems(String yaml) throws Exception {
        try {
            ConfigFile.load(write(yaml));
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    private Path write(String yaml) throws Exception {
        return Files.writeString(directory.resolve("nat64.yaml"), yaml);
    }
}
