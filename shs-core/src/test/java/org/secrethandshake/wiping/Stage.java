package org.secrethandshake.wiping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JVM in which all scenes are played, and which writes its heap before and after their ends. */
final class Stage {
  static final String OPEN = "open.hprof";
  static final String AFTER = "after.hprof";

  private Stage() {}

  /** Expects whether every object counts, and the folder for the dumps. */
  public static void main(String[] arguments) throws Exception {
    boolean everything = Boolean.parseBoolean(arguments[0]);
    Path folder = Path.of(arguments[1]);
    // The ends keep what was opened reachable.
    List<Scene.End> ends = new ArrayList<>();
    for (Scene scene : Scene.values()) {
      ends.add(scene.begin(new Cast(scene, everything, folder, Optional.empty())));
    }
    HeapDump.write(folder.resolve(OPEN), !everything);
    for (Scene.End end : ends) {
      end.run();
    }
    HeapDump.write(folder.resolve(AFTER), !everything);
    System.out.println("played " + ends.size());
    System.exit(0);
  }
}
