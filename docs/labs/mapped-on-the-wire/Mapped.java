// SPDX-License-Identifier: Apache-2.0
import java.net.InetAddress;

/** What Java makes of an address that is given as text, and as the 16 bytes of an IPv6 address. */
class Mapped {

    public static void main(String[] arguments) throws Exception {
        show("text: ", InetAddress.getByName(arguments[0]));

        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        System.arraycopy(InetAddress.getByName("126.10.13.2").getAddress(), 0, bytes, 12, 4);
        show("bytes:", InetAddress.getByAddress(bytes));
    }

    private static void show(String form, InetAddress address) {
        System.out.println(form + " " + address.getClass().getSimpleName() + " " + address.getHostAddress());
    }
}
