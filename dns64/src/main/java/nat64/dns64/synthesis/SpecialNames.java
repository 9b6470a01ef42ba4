// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** All names that are answered here, so that no upstream need live. */
public record SpecialNames(
        ReverseNames reverseNames, ResolverArpa resolverArpa, LocalZones localZones, OwnNames ownNames) {

    /** Without names that only the operator knows. */
    public SpecialNames(ReverseNames reverseNames, ResolverArpa resolverArpa, LocalZones localZones) {
        this(reverseNames, resolverArpa, localZones, OwnNames.NONE);
    }

    /** The answer to clients of the view, or none if the question is for the upstream. */
    public Optional<LocalAnswer> answer(Name name, int type, View view) {
        return Ipv4OnlyArpa.answer(name, type, view)
                .or(() -> ownNames.answer(name, type, view))
                .or(() -> resolverArpa.answer(name, type))
                .or(() -> reverse(name, type));
    }

    private Optional<LocalAnswer> reverse(Name name, int type) {
        return switch (reverseNames.read(name)) {
            case ReverseName.Local(var answer) when type == Type.PTR -> Optional.of(answer);
            case ReverseName.Local _, ReverseName.Embedded _ -> Optional.empty();
            case ReverseName.Foreign _ -> localZones.answer(name, type);
        };
    }
}
