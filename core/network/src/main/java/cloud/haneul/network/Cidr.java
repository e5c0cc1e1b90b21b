package cloud.haneul.network;

import java.math.BigInteger;
import java.util.Optional;

/** An address range by prefix. */
record Cidr(Ip network, int prefix) {

    /** Reads {@code 10.0.0.0/24}; bits of the host part are cleared. A bare address is a range of one. */
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        Optional<Ip> ip = Ip.parse(slash < 0 ? text : text.substring(0, slash));
        if (ip.isEmpty()) {
            return Optional.empty();
        }
        String length = slash < 0 ? Integer.toString(ip.get().bits()) : text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > ip.get().bits()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(length);
        int host = ip.get().bits() - prefix;
        return Optional.of(new Cidr(
                new Ip(ip.get().version(), ip.get().value().shiftRight(host).shiftLeft(host)), prefix));
    }

    int version() {
        return network.version();
    }

    BigInteger size() {
        return BigInteger.ONE.shiftLeft(network.bits() - prefix);
    }

    Ip last() {
        return new Ip(version(), network.value().add(size()).subtract(BigInteger.ONE));
    }

    boolean contains(Ip ip) {
        return ip.version() == version() && ip.compareTo(network) >= 0 && ip.compareTo(last()) <= 0;
    }

    boolean overlaps(Cidr other) {
        return contains(other.network) || other.contains(network);
    }

    /** Whether the range has an address of its own and, in IPv4, one for everybody, which no port may have. */
    boolean hasReserved() {
        return network.bits() - prefix > 1;
    }

    Ip firstHost() {
        return hasReserved() ? network.plus(1) : network;
    }

    Ip lastHost() {
        return hasReserved() && version() == 4 ? last().plus(-1) : last();
    }

    boolean isHost(Ip ip) {
        return contains(ip) && ip.compareTo(firstHost()) >= 0 && ip.compareTo(lastHost()) <= 0;
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
