// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.config.file.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSectionTest {

    @Test
    void isReadAloneWhateverTheRestSays(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("more.yaml"), "admin: {listen: '127.0.0.1:7000', socket: /run/here}");
        var file = Files.writeString(
                directory.resolve("nat64.yaml"),
                "include: [more.yaml]\npref64: wrong\ntranslator: {stateless: {eam-file: missing.csv}}\n");

        var admin = ConfigFile.admin(file);

        assertThat(admin.listen().getPort()).isEqualTo(7000);
        assertThatThrownBy(() -> ConfigFile.load(file)).isInstanceOf(ConfigException.class);
    }

    @Test
    void isRefusedWithoutAnAddress(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("nat64.yaml"), "admin: {listen: here}");

        assertThatThrownBy(() -> ConfigFile.admin(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("admin.listen");
    }
}
