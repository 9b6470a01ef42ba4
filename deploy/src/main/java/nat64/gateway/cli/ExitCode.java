// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

/** What a command tells the shell. */
final class ExitCode {

    static final int FINE = 0;
    static final int PROBLEM = 1;
    static final int WRONG_USE = 2;

    private ExitCode() {}
}
