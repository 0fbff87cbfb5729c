package io.sentimentstreams.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals of this process, by {@code sun.misc.Signal} of the module {@code jdk.unsupported},
 * which every JDK has and javac warns of; so it is called by reflection.
 *
 * <p>A shutdown hook would not do: once the hooks run, the JVM ignores a second Ctrl-C, and a
 * training that takes long to end could no longer be stopped.
 */
final class ProcessSignals implements Signals {
  private static final List<String> NAMES = List.of("INT", "TERM");

  /** The exit status that shells give to a process ended by Ctrl-C. */
  private static final int INTERRUPTED = 130;

  @Override
  public Subscription onStop(Runnable onStop) {
    AtomicBoolean asked = new AtomicBoolean();
    Runnable handler =
        () -> {
          if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
          }
          onStop.run();
        };
    try {
      return install(handler);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // A JVM without signals, or started with -Xrs: the first request ends the process.
      return () -> {};
    }
  }

  private static Subscription install(Runnable handler) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method handle = signalType.getMethod("handle", signalType, handlerType);
    Object proxy =
        Proxy.newProxyInstance(
            handlerType.getClassLoader(),
            new Class<?>[] {handlerType},
            (self, method, arguments) -> {
              return switch (method.getName()) {
                case "handle" -> {
                  handler.run();
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(self);
                case "equals" -> arguments != null && self == arguments[0];
                default -> "sentiment's signal handler";
              };
            });
    List<Runnable> undo = new ArrayList<>();
    for (String name : NAMES) {
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Object previous = handle.invoke(null, signal, proxy);
      undo.add(() -> restore(handle, signal, previous));
    }
    return () -> undo.forEach(Runnable::run);
  }

  private static void restore(Method handle, Object signal, Object previous) {
    try {
      handle.invoke(null, signal, previous);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot restore the handler of " + signal, e);
    }
  }
}
