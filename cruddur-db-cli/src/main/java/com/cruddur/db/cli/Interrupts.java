package com.cruddur.db.cli;

import java.lang.reflect.Proxy;

/** Lets Ctrl-C pass, for a child that handles it itself. */
final class Interrupts {

  private Interrupts() {}

  /**
   * Ignores SIGINT from now on. By reflection: javac warns of sun.misc.Signal, and a JVM without it
   * ends at Ctrl-C, as before.
   */
  static void ignore() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object nothing =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> null);
      Object interrupt = signal.getConstructor(String.class).newInstance("INT");
      signal.getMethod("handle", signal, handler).invoke(null, interrupt, nothing);
    } catch (ReflectiveOperationException without) {
      Console.say("Ctrl-C ends this program together with psql here.");
    }
  }
}
