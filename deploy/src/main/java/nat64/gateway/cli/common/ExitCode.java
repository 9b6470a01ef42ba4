// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.common;

import java.io.PrintWriter;
import nat64.gateway.config.file.ConfigException;

/** What a command tells the shell. */
public final class ExitCode {

    public static final int FINE = 0;
    public static final int PROBLEM = 1;
    public static final int WRONG_USE = 2;

    private ExitCode() {}

    /** Prints why a command has failed, and answers how it ends. */
    public static int report(Exception failure, PrintWriter err) {
        if (failure instanceof ConfigException wrong) {
            wrong.problems().forEach(problem -> err.println("nat64: " + problem));
            err.flush();
            return WRONG_USE;
        }
        err.println("nat64: " + (failure.getMessage() == null ? failure : failure.getMessage()));
        if (failure instanceof NullPointerException || failure instanceof IndexOutOfBoundsException) {
            failure.printStackTrace(err); // a defect of this program, not of its use
        }
        err.flush();
        return PROBLEM;
    }
}
