package org.secrethandshake.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What stands under a path. Symbolic links are followed. */
enum FileKind {
  REGULAR("a regular file"),
  DIRECTORY("a directory"),
  PIPE("a pipe (FIFO)"),
  SOCKET("a socket"),
  DEVICE("a device"),
  OTHER("a special file");

  private static final String MODE = "unix:mode";
  private static final int TYPE_MASK = 0xf000;
  private static final int TYPE_PIPE = 0x1000;
  private static final int TYPE_CHARACTER_DEVICE = 0x2000;
  private static final int TYPE_BLOCK_DEVICE = 0x6000;
  private static final int TYPE_SOCKET = 0xc000;

  private final String noun;

  FileKind(String noun) {
    this.noun = noun;
  }

  /**
   * Looks without opening the file, because to open a pipe waits for its other end.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing
   */
  static FileKind of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isRegularFile()) {
      return REGULAR;
    }
    if (attributes.isDirectory()) {
      return DIRECTORY;
    }
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return OTHER;
    }
    return ofMode((int) Files.getAttribute(file, MODE));
  }

  private static FileKind ofMode(int mode) {
    return switch (mode & TYPE_MASK) {
      case TYPE_PIPE -> PIPE;
      case TYPE_CHARACTER_DEVICE, TYPE_BLOCK_DEVICE -> DEVICE;
      case TYPE_SOCKET -> SOCKET;
      default -> OTHER;
    };
  }

  /** Returns the kind with its article, for the middle of a sentence. */
  @Override
  public String toString() {
    return noun;
  }
}
