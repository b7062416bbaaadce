package dev.eddy.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a setting, on the component of the record that holds it. The default, the bounds and the
 * sentence stand here and nowhere else: the YAML binder, the record's own constructor, the
 * reference, the JSON Schema and the comments of {@code eddy init} all read them from here.
 *
 * <p>Values are written as a user writes them: {@code "5 ms"}, {@code "exactly-once"}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** What the setting is for, in one sentence without its full stop. */
  String about();

  /**
   * What holds when the setting is left out, an element each for a list. No element: it must be
   * given. {@code none} or {@code auto} for nothing, {@code []} for an empty list, <code>{}</code>
   * for no entries or for a block of defaults.
   */
  String[] byDefault() default {};

  /** The name in YAML, where it is not the component's in kebab case. */
  String name() default "";

  /** What a number counts. */
  String unit() default "";

  /** The least value allowed, of each element in a list. */
  String least() default "";

  /** The greatest value allowed. */
  String most() default "";

  /** A value that all allowed ones are above. */
  String above() default "";

  /** A value that all allowed ones are below. */
  String below() default "";

  /** Whether the elements of a list must ascend, none twice. */
  boolean ascending() default false;
}
