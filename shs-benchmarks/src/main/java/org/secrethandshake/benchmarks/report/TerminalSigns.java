package org.secrethandshake.benchmarks.report;

/** What a terminal can show: block characters, or ASCII alone. */
enum TerminalSigns {
  UNICODE {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    @Override
    String bar(double share, int width) {
      int eighths = (int) Math.round(clamped(share) * width * 8);
      String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
      return "█".repeat(eighths / 8) + rest;
    }

    @Override
    String shown(String text) {
      return text;
    }
  },
  ASCII {
    @Override
    String bar(double share, int width) {
      return "#".repeat((int) Math.round(clamped(share) * width));
    }

    @Override
    String shown(String text) {
      return text.replace("×", "x")
          .replace("µ", "u")
          .replace("–", "-")
          .replace("→", "->")
          .replaceAll("[^\\x00-\\x7f]", "?");
    }
  };

  static TerminalSigns of(boolean unicode) {
    return unicode ? UNICODE : ASCII;
  }

  abstract String bar(double share, int width);

  abstract String shown(String text);

  private static double clamped(double share) {
    return Math.max(0, Math.min(1, share));
  }
}
