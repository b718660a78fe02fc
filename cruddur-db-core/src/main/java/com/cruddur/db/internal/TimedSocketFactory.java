package com.cruddur.db.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/** Makes sockets that keep their time-outs. The driver makes it by its name. */
public final class TimedSocketFactory extends SocketFactory {

  private final int longestConnect;

  /**
   * Makes a factory.
   *
   * @param seconds how long a socket may wait for its peer, a share of the connect time-out, which
   *     the driver counts for all hosts together; 0 for as long as the driver says
   */
  public TimedSocketFactory(String seconds) {
    this.longestConnect = Math.toIntExact(Duration.ofSeconds(Long.parseLong(seconds)).toMillis());
  }

  @Override
  public Socket createSocket() {
    return new TimedSocket(longestConnect);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(local, localPort));
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }
}
