// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sockets on addresses of loopback; each sends back what it gets. */
@ExtendWith(LeakCheck.class)
class AddressSocketsTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("127.0.0.21");
    private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.0.22");

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private volatile Set<InetAddress> addresses = Set.of(ONE);

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void answersFromTheAddressThatWasAskedAndFollowsAddresses() throws IOException {
        int port = freePort();
        try (var sockets = new AddressSockets(echoes(), wildcard("0.0.0.0", port), () -> addresses)) {
            assertThat(isAnswered(ONE, port)).isTrue();
            assertThat(isAnswered(OTHER, port)).isFalse();

            addresses = Set.of(OTHER, InetAddress.ofLiteral("::1"));
            sockets.followAddresses();
            assertThat(isAnswered(OTHER, port)).isTrue();
            assertThat(isAnswered(ONE, port)).isFalse();
            assertThat(isAnswered(InetAddress.ofLiteral("::1"), port))
                    .as("no IPv4")
                    .isFalse();
        }
        assertThat(isAnswered(OTHER, port)).as("closed").isFalse();
    }

    @Test
    void aWildcardOfIpv6IncludesIpv4() throws IOException {
        int port = freePort();
        addresses = Set.of(ONE, InetAddress.ofLiteral("::1"));
        try (var _ = new AddressSockets(echoes(), wildcard("::", port), () -> addresses)) {
            assertThat(isAnswered(ONE, port)).isTrue();
            assertThat(isAnswered(InetAddress.ofLiteral("::1"), port)).isTrue();
        }
    }

    @Test
    void goesOnWithoutAnAddressThatCantBeBoundYet() throws IOException {
        int port = freePort();
        addresses = Set.of(ONE, InetAddress.ofLiteral("192.0.2.1"));
        try (var _ = new AddressSockets(echoes(), wildcard("0.0.0.0", port), () -> addresses)) {
            assertThat(isAnswered(ONE, port)).isTrue();
        }
        addresses = Set.of(InetAddress.ofLiteral("192.0.2.1"));
        assertThatThrownBy(() -> new AddressSockets(echoes(), wildcard("0.0.0.0", port), () -> addresses))
                .isInstanceOf(IOException.class);
    }

    private static boolean isAnswered(InetAddress address, int port) throws IOException {
        try (var client = new DatagramSocket()) {
            client.setSoTimeout(1000);
            client.connect(address, port);
            client.send(new java.net.DatagramPacket(new byte[] {1}, 1));
            client.receive(new java.net.DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException | PortUnreachableException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static InetSocketAddress wildcard(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private Bootstrap echoes() {
        return new Bootstrap().group(loops).channel(NioDatagramChannel.class).handler(new Echo());
    }

    @Sharable
    private static final class Echo extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            var _ = context.writeAndFlush(new DatagramPacket(packet.content().retain(), packet.sender()));
        }
    }
}
