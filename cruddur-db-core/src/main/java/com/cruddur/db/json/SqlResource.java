package com.cruddur.db.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads statements from resources, each once for every class that asks for it. Thread-safe. */
final class SqlResource {

  /** Names between slashes, none of which is {@code .} or {@code ..}. */
  private static final Pattern PATH = Pattern.compile("(?!\\.)[\\w.-]+(/(?!\\.)[\\w.-]+)*");

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Goes with the class, so that it keeps no class loader of a stopped application alive. */
  private static final ClassValue<ConcurrentMap<String, SqlStatement>> CACHE =
      new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, SqlStatement> computeValue(Class<?> anchor) {
          return new ConcurrentHashMap<>();
        }
      };

  private SqlResource() {}

  static SqlStatement statement(Class<?> anchor, String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "A resource is named by a relative path of letters, digits, _, - and ., such as"
              + " activities/home.sql; a name may not begin with a dot. It was: "
              + path);
    }
    return CACHE.get(anchor).computeIfAbsent(path, key -> read(anchor, key));
  }

  /**
   * Returns the class that called {@link SqlTemplate}, past the JDK's own: a method reference may
   * be called by a stream.
   */
  static Class<?> caller() {
    return STACK.walk(
        frames ->
            frames
                .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(type -> type != SqlTemplate.class && type != SqlResource.class)
                .filter(type -> type.getClassLoader() != null)
                .findFirst()
                .orElse(SqlTemplate.class));
  }

  private static SqlStatement read(Class<?> anchor, String path) {
    try (InputStream resource = open(anchor, path)) {
      if (resource == null) {
        throw missing(anchor, path);
      }
      return SqlStatement.parse(new SqlSource(path, decode(path, resource.readAllBytes())));
    } catch (IOException failure) {
      throw new UncheckedIOException("The resource " + path + " cannot be read", failure);
    }
  }

  /** First the module of the class, then all that its class loader sees. */
  private static @Nullable InputStream open(Class<?> anchor, String path) throws IOException {
    InputStream own = anchor.getModule().getResourceAsStream(path);
    ClassLoader loader = anchor.getClassLoader();
    return own != null || loader == null ? own : loader.getResourceAsStream(path);
  }

  private static String decode(String path, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException("The resource " + path + " is not UTF-8", malformed);
    }
  }

  private static IllegalArgumentException missing(Class<?> anchor, String path) {
    Module module = anchor.getModule();
    String where =
        module.isNamed()
            ? "module " + module.getName() + ", which must open its folder to com.cruddur.db,"
            : "the class path of " + anchor.getName();
    return new IllegalArgumentException("There is no resource " + path + " in " + where);
  }
}
