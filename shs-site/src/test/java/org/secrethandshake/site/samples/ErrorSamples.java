package org.secrethandshake.site.samples;

import java.io.IOException;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;

/** The code of the page on errors. */
final class ErrorSamples {
  private ErrorSamples() {}

  // @start region="tell"
  static String fetch(SecretHandshake shs, MultiserverAddress address) {
    try (SecretChannel channel = shs.connect(address)) {
      channel.shutdownOutput();
      return channel.inputStream().readAllBytes().length + " bytes, complete";
    } catch (HandshakeException e) {
      return "no channel, " + e.reason() + ": " + e.getMessage();
    } catch (BoxStreamException e) {
      return "cut, " + e.reason() + ": " + e.getMessage();
    } catch (IOException e) {
      return "no connection: " + e.getMessage();
    }
  }
  // @end
}
