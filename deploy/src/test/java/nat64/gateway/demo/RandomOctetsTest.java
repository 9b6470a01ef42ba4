// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomOctetsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, 200_000})
    void areAsManyAsAskedForAndAlwaysTheSame(int count) throws IOException {
        var out = new ByteArrayOutputStream();

        RandomOctets.write(count, out);

        assertThat(out.size()).isEqualTo(count);
        assertThat(RandomOctets.sha256(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(RandomOctets.sha256(count));
    }
}
