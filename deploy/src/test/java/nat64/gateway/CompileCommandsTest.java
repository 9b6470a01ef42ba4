// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The methods that the launcher tells the JVM to inline, or not to; a misspelled one would be ignored silently. */
class CompileCommandsTest {

    private static final Pattern COMMAND =
            Pattern.compile("-XX:CompileCommand=(?:dont)?inline,(?<type>[\\w.]+)::(?<method>\\w+)");

    @Test
    void everyMethodExists() throws IOException {
        var commands =
                COMMAND.matcher(Files.readString(Path.of("nat64"))).results().toList();
        assertThat(commands).hasSize(9).allSatisfy(CompileCommandsTest::assertExists);
    }

    private static void assertExists(MatchResult command) throws ClassNotFoundException {
        var methods = Class.forName(command.group("type")).getDeclaredMethods();
        assertThat(Arrays.stream(methods).map(Method::getName)).contains(command.group("method"));
    }
}
