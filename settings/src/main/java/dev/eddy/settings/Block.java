package dev.eddy.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares where in the YAML a record of settings stands. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Block {
  /** The block's full path, {@code training.split}; empty for the whole file. */
  String value();

  /** What is special about it where several records may stand in one place. */
  String about() default "";

  /** The setting that is meant where a value or a list stands in place of the block. */
  String inShort() default "";
}
