// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.common;

import nat64.gateway.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints, the same for every command. */
public final class ThisVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"nat64 " + Version.text()};
    }
}
