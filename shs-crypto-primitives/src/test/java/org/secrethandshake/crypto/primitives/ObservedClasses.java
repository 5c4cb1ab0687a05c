package org.secrethandshake.crypto.primitives;

import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSource;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loads the classes of this module once more, with every branch, index and call of another class
 * told to {@link Trace}. Other classes, and what they do, are not observed; of their arguments, the
 * last one is, if it is an {@code int} and not what fills an array, and each index of a {@code
 * VarHandle}.
 */
final class ObservedClasses extends ClassLoader {
  private static final String TRACE = Type.getInternalName(Trace.class);
  private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
  private static final String FILL = "Arrays.fill";
  private static final String PACKAGE = XSalsa20Poly1305.class.getPackageName();
  private static final CodeSource PRODUCT =
      XSalsa20Poly1305.class.getProtectionDomain().getCodeSource();

  private final Set<Class<?>> samples;

  /**
   * Observes this module.
   *
   * @param samples classes of the tests that are observed, too
   */
  ObservedClasses(Class<?>... samples) {
    super(ObservedClasses.class.getClassLoader());
    this.samples = Set.of(samples);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      Class<?> plain = super.loadClass(name, resolve);
      return isObserved(plain) ? define(plain) : plain;
    }
  }

  private boolean isObserved(Class<?> type) {
    return samples.contains(type)
        || (type.getPackageName().equals(PACKAGE)
            && PRODUCT.equals(type.getProtectionDomain().getCodeSource()));
  }

  private Class<?> define(Class<?> plain) throws ClassNotFoundException {
    String name = plain.getName();
    try (InputStream in =
        plain.getResourceAsStream(name.substring(PACKAGE.length() + 1) + ".class")) {
      ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
      new ClassReader(in).accept(new Observer(writer), 0);
      byte[] observed = writer.toByteArray();
      return defineClass(name, observed, 0, observed.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static final class Observer extends ClassVisitor {
    private String type = "";

    Observer(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version, int access, String name, String generic, String parent, String[] interfaces) {
      type = name.substring(name.lastIndexOf('/') + 1);
      super.visit(version, access, name, generic, parent, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String generic, String[] exceptions) {
      return new MethodObserver(
          type + "." + name, super.visitMethod(access, name, descriptor, generic, exceptions));
    }
  }

  private static final class MethodObserver extends MethodVisitor {
    private final String method;
    private int line;

    MethodObserver(String method, MethodVisitor next) {
      super(Opcodes.ASM9, next);
      this.method = method;
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      line = number;
      super.visitLineNumber(number, start);
    }

    // What falls through was not taken.
    @Override
    public void visitJumpInsn(int opcode, Label label) {
      if (opcode == Opcodes.GOTO) {
        super.visitJumpInsn(opcode, label);
        return;
      }
      int place = Trace.place("a branch at " + where());
      super.visitInsn(Opcodes.ICONST_0);
      tell(place);
      super.visitJumpInsn(opcode, label);
      super.visitInsn(Opcodes.ICONST_1);
      tell(place);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      tellTop("a switch");
      super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      tellTop("a switch");
      super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitInsn(int opcode) {
      switch (opcode) {
        case Opcodes.IALOAD,
            Opcodes.LALOAD,
            Opcodes.FALOAD,
            Opcodes.DALOAD,
            Opcodes.AALOAD,
            Opcodes.BALOAD,
            Opcodes.CALOAD,
            Opcodes.SALOAD ->
            tellTop("an index");
        case Opcodes.IASTORE,
            Opcodes.FASTORE,
            Opcodes.AASTORE,
            Opcodes.BASTORE,
            Opcodes.CASTORE,
            Opcodes.SASTORE ->
            tellBelow(1);
        case Opcodes.LASTORE, Opcodes.DASTORE -> tellBelow(2);
        case Opcodes.IDIV, Opcodes.IREM -> {
          super.visitInsn(Opcodes.DUP2);
          tell(Trace.place("a divisor at " + where()));
          tell(Trace.place("a dividend at " + where()));
        }
        case Opcodes.LDIV, Opcodes.LREM, Opcodes.FDIV, Opcodes.FREM, Opcodes.DDIV, Opcodes.DREM ->
            throw new IllegalStateException("no operands are observed of a division at " + where());
        default -> {}
      }
      super.visitInsn(opcode);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (owner.equals(VAR_HANDLE)) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        switch (name) {
          case "get" -> tellTop("an index");
          case "set" -> tellBelow(arguments[arguments.length - 1].getSize());
          default -> throw new IllegalStateException("no index is observed at " + where());
        }
      } else if (!owner.startsWith(PACKAGE.replace('.', '/'))) {
        String called = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
        if (takesAnIntLast(descriptor) && !called.equals(FILL)) {
          tellTop("an argument of " + called);
        }
        tellCall(called);
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      tellCall("invokedynamic " + name);
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    private static boolean takesAnIntLast(String descriptor) {
      Type[] arguments = Type.getArgumentTypes(descriptor);
      return arguments.length > 0 && arguments[arguments.length - 1] == Type.INT_TYPE;
    }

    private void tellCall(String method) {
      super.visitInsn(Opcodes.ICONST_0);
      tell(Trace.place(Trace.CALL + method));
    }

    private void tellTop(String what) {
      super.visitInsn(Opcodes.DUP);
      tell(Trace.place(what + " at " + where()));
    }

    /** Tells the index below a value of so many words. */
    private void tellBelow(int words) {
      if (words == 1) {
        super.visitInsn(Opcodes.DUP2);
        super.visitInsn(Opcodes.POP);
      } else {
        super.visitInsn(Opcodes.DUP2_X1);
        super.visitInsn(Opcodes.POP2);
        super.visitInsn(Opcodes.DUP_X2);
      }
      tell(Trace.place("an index at " + where()));
    }

    private void tell(int place) {
      super.visitLdcInsn(place);
      super.visitMethodInsn(Opcodes.INVOKESTATIC, TRACE, "at", "(II)V", false);
    }

    private String where() {
      return method + ", line " + line;
    }
  }
}
