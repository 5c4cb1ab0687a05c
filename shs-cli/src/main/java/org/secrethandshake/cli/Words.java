package org.secrethandshake.cli;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what an exception says by its class, without the class. */
final class Words {
  /** How an exception prints another: by its class, with or without a message. */
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "(?<![\\w/.])(?:[a-z_][a-z0-9_]*\\.)++[A-Z][\\w$]*(?:Exception|Error)(?:: )?");

  private Words() {}

  /** What went wrong, for the end of a sentence or a sentence of its own. */
  static String of(Throwable problem) {
    if (problem instanceof UnknownHostException) {
      return "the host is not known: " + messageOf(problem);
    }
    if (problem instanceof UnresolvedAddressException) {
      return "the host is not known";
    }
    if (problem instanceof ClosedChannelException) {
      return "the channel was closed";
    }
    if (problem instanceof OutOfMemoryError) {
      return "Java has no memory left (%s)".formatted(messageOf(problem));
    }
    return messageOf(problem);
  }

  /** What is wrong with a file, to be put behind its name. */
  static String ofFile(Throwable problem) {
    if (problem instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (problem instanceof AccessDeniedException) {
      return "cannot be opened: permission denied";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    String reason = problem instanceof FileSystemException file ? file.getReason() : null;
    return "cannot be used: " + (reason == null ? of(problem) : reason);
  }

  /** A socket address as people write it. */
  static String of(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = inet.getAddress().getHostAddress();
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }
    return "an unknown address";
  }

  private static String messageOf(Throwable problem) {
    for (Throwable at = problem; at != null; at = at.getCause()) {
      String words = withoutClassNames(at.getMessage());
      if (!words.isEmpty()) {
        return words;
      }
    }
    return "no reason was given";
  }

  private static String withoutClassNames(@Nullable String message) {
    return message == null ? "" : CLASS_NAME.matcher(message).replaceAll("").strip();
  }
}
