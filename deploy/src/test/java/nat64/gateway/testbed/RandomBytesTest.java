// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomBytesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, 200_000})
    void areAsManyAsAskedForAndAlwaysTheSame(int count) throws IOException {
        var out = new ByteArrayOutputStream();

        RandomBytes.write(count, out);

        assertThat(out.size()).isEqualTo(count);
        assertThat(RandomBytes.sha256(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(RandomBytes.sha256(count));
    }
}
