// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import nat64.gateway.testbed.TestBed;
import nat64.gateway.testbed.TestServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nat64 demo-server}: runs a {@link TestServer} until the process ends. */
@Command(
        name = "demo-server",
        hidden = true,
        description = "The IPv4-only server of the demonstration.",
        mixinStandardHelpOptions = true)
public final class DemoServerCommand implements Callable<Integer> {

    @Option(names = "--listen", paramLabel = "ADDRESS", defaultValue = TestBed.SERVER_ADDRESS)
    private String listen = TestBed.SERVER_ADDRESS;

    @Override
    public Integer call() throws Exception {
        new TestServer(listen).start();
        new CountDownLatch(1).await();
        return 0;
    }
}
