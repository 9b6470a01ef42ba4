// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nat64.gateway.config.file.ConfigException;

/** A file with one mistake. */
public final class WrongConfig {

    private WrongConfig() {}

    /**
     * Fails unless the file is refused with one message.
     *
     * @param text of the file, with {@code \\n} for the end of a line
     * @param start of the message: file, line, key, and what is wrong
     * @param remedy a part of the message
     */
    public static void assertRefused(String text, String start, String remedy) {
        assertThatThrownBy(() -> ConfigFile.parse("f", text.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith(start)
                .contains("; ")
                .contains(remedy)
                .doesNotContain("\n");
    }
}
