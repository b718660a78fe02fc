package com.cruddur.db.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The server's part of two conversations that end before they matter: a login, which it refuses,
 * and a query, which it answers with one row. With it the driver loads and prepares what the first
 * session with a real server would wait for. The messages are those of the manual's chapter
 * "Frontend/Backend Protocol".
 */
final class Rehearsal implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LONGEST_MILLIS = 2_000;
  private static final int LONGEST_MESSAGE = 10_000;

  private static final int OK = 0;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;

  private final ServerSocket listening;

  Rehearsal() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK));
    listening.setSoTimeout(LONGEST_MILLIS);
    Thread.ofPlatform().daemon().name("cruddur-db-rehearsal").start(this::play);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void play() {
    try {
      refuseLogin();
      answerQuery();
    } catch (IOException end) {
      // Whoever rehearses goes on without: the first session takes longer then.
    }
  }

  private void refuseLogin() throws IOException {
    try (Talk talk = new Talk(listening.accept())) {
      talk.startup();
      talk.send('R', SASL, "SCRAM-SHA-256\0\0");
      String first = talk.next('p');
      String nonce = first.substring(first.lastIndexOf("r=") + 2);
      talk.send('R', SASL_CONTINUE, "r=" + nonce + "x,s=AQ==,i=1");
      talk.next('p');
      talk.send('E', "SFATAL\0C28P01\0Mthe rehearsal is over\0\0");
    }
  }

  private void answerQuery() throws IOException {
    try (Talk talk = new Talk(listening.accept())) {
      talk.startup();
      talk.send('R', OK, "");
      Map.of(
              "server_version", "18.0",
              "client_encoding", "UTF8",
              "DateStyle", "ISO, MDY",
              "TimeZone", "UTC",
              "integer_datetimes", "on",
              "standard_conforming_strings", "on")
          .forEach((name, value) -> talk.collect('S', name + "\0" + value + "\0"));
      talk.send('Z', "I");
      while (talk.answer()) {
        // Until the driver says good-bye.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  /** One conversation. */
  private static final class Talk implements AutoCloseable {

    /** One column of type text, without a table. */
    private static final String COLUMN =
        "\0\1message\0\0\0\0\0\0\0\0\0\0\31\377\377\377\377\377\377\0\0";

    private static final String ROW = "\0\1\0\0\0\1x";

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(LONGEST_MILLIS);
      in = new DataInputStream(socket.getInputStream());
    }

    String startup() throws IOException {
      int length = in.readInt() - Integer.BYTES;
      if (length < 0 || length > LONGEST_MESSAGE) {
        throw new IOException("A message of " + length + " bytes");
      }
      return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    String next(char type) throws IOException {
      if (in.read() != type) {
        throw new IOException("The driver says something else than " + type);
      }
      return startup();
    }

    /** Answers the next message; returns whether the conversation goes on. */
    boolean answer() throws IOException {
      int type = in.read();
      if (type < 0 || type == 'X') {
        return false;
      }
      startup();
      switch (type) {
        case 'P' -> collect('1', "");
        case 'B' -> collect('2', "");
        case 'D' -> collect('T', COLUMN);
        case 'E' -> {
          collect('D', ROW);
          collect('C', "SELECT 1\0");
        }
        case 'Q' -> {
          collect('C', "SET\0");
          send('Z', "I");
        }
        case 'S' -> send('Z', "I");
        default -> throw new IOException("The driver says " + (char) type);
      }
      return true;
    }

    void send(char type, int code, String text) throws IOException {
      send(type, "\0\0\0" + (char) code + text);
    }

    void send(char type, String text) throws IOException {
      collect(type, text);
      socket.getOutputStream().write(out.toByteArray());
      out.reset();
    }

    void collect(char type, String text) {
      byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
      try (DataOutputStream message = new DataOutputStream(out)) {
        message.write(type);
        message.writeInt(Integer.BYTES + content.length);
        message.write(content);
      } catch (IOException impossible) {
        throw new IllegalStateException("Memory takes every byte", impossible);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
