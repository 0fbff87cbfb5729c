package io.sentimentstreams.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the help of a command says besides what picocli's annotations hold: of the command itself,
 * or of a mixin and thus of all commands that have it. {@link ManualSections} shows it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Manual {

  /** Variables that count: {@code NAME: what for}. */
  String[] environment() default {};

  /** Files and folders that are known without being named: {@code NAME: what it is}. */
  String[] files() default {};
}
