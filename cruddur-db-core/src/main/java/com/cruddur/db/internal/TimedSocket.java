package com.cruddur.db.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/**
 * A socket that waits in vain only once. TLS on top of it waits for the peer's farewell when it is
 * closed, as long as the read time-out allows; a read that has timed out would so take twice as
 * long before the caller is told.
 */
final class TimedSocket extends Socket {

  private final int longestConnect;
  private volatile boolean timedOut;

  /**
   * Makes a socket.
   *
   * @param longestConnect milliseconds that the peer may take to answer; 0 for no limit of its own
   */
  TimedSocket(int longestConnect) {
    this.longestConnect = longestConnect;
  }

  @Override
  public void connect(SocketAddress peer, int timeout) throws IOException {
    boolean limited = longestConnect > 0 && (timeout == 0 || longestConnect < timeout);
    try {
      super.connect(peer, limited ? longestConnect : timeout);
    } catch (ConnectException | NoRouteToHostException known) {
      throw known;
    } catch (SocketException failure) {
      throw isEnd(failure) ? failure : noRoute(failure);
    }
  }

  /**
   * A peer that hangs up at once may do so before connecting is told to have ended; and an
   * interruption closes the socket.
   */
  private static boolean isEnd(SocketException failure) {
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return said.contains("reset") || said.contains("closed");
  }

  /**
   * Java has no type of its own for networks that are unreachable or addresses that are invalid.
   */
  private static NoRouteToHostException noRoute(SocketException failure) {
    NoRouteToHostException known = new NoRouteToHostException(failure.getMessage());
    known.addSuppressed(failure);
    return known;
  }

  /** Whoever sets a time-out after one has passed means to read on. */
  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    super.setSoTimeout(timeout);
    timedOut = false;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new TimedInput(super.getInputStream());
  }

  private interface Read {
    int run() throws IOException;
  }

  private int read(Read read) throws IOException {
    if (timedOut) {
      throw new SocketTimeoutException("Read timed out before");
    }
    try {
      return read.run();
    } catch (SocketTimeoutException silence) {
      timedOut = true;
      throw silence;
    }
  }

  private final class TimedInput extends FilterInputStream {

    TimedInput(InputStream input) {
      super(input);
    }

    @Override
    public int read() throws IOException {
      return TimedSocket.this.read(in::read);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return TimedSocket.this.read(() -> in.read(target, offset, length));
    }
  }
}
