// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.List;
import java.util.Optional;
import nat64.gateway.config.ConfigChanges;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Warning;

/**
 * Whether the file is right, and whether it is the one that runs.
 *
 * @param source the file, or a word for the defaults
 * @param mistakes in it, a line each
 * @param warnings of what in it does nothing or is dangerous, a line each
 * @param changes between what runs and the file, if both are known
 */
record ConfigurationCheck(String source, List<String> mistakes, List<String> warnings, Optional<ConfigChanges> changes)
        implements GatewayCheck {

    ConfigurationCheck {
        mistakes = List.copyOf(mistakes);
        warnings = List.copyOf(warnings);
    }

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public Result examine() {
        if (!mistakes.isEmpty()) {
            return new Failed(
                    mistakes.getFirst() + (mistakes.size() == 1 ? "" : " (and %d more)".formatted(mistakes.size() - 1)),
                    "correct the file; nat64 check shows all that is wrong. A reload or restart fails until then");
        }
        if (changes.isPresent() && !changes.get().needingRestart().isEmpty()) {
            return new Warning(
                    source + " differs from what runs, and the gateway has to be restarted for it",
                    "see the differences with nat64 check --diff, and restart the gateway");
        }
        if (changes.isPresent() && !changes.get().reloadable().isEmpty()) {
            return new Warning(
                    source + " differs from what runs",
                    "see the differences with nat64 check --diff, and apply them: nat64 reload");
        }
        return warnings.isEmpty()
                ? new Ok(source + " is right" + (changes.isPresent() ? ", and it is what runs" : ""))
                : new Warning(warnings.getFirst(), "see all warnings: nat64 check");
    }
}
