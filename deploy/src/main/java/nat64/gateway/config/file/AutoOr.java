// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.function.Supplier;

/** A value that the file gives, or {@code auto}: the program finds it when it starts. */
public sealed interface AutoOr<T> {

    /** The program finds the value. */
    record Auto<T>() implements AutoOr<T> {}

    /** The file gives the value. */
    record Given<T>(T value) implements AutoOr<T> {}

    default boolean isAuto() {
        return this instanceof Auto;
    }

    /** The value, found where it is automatic. */
    default T resolve(Supplier<T> automatic) {
        return switch (this) {
            case Auto<T> _ -> automatic.get();
            case Given<T>(T value) -> value;
        };
    }
}
