package dev.eddy.pipeline.deployment;

import dev.eddy.pipeline.yaml.SettingsReference;
import dev.eddy.pipeline.yaml.SettingsSchema;
import dev.eddy.pipeline.yaml.SettingsWriter;
import java.util.Locale;
import org.apache.flink.configuration.GlobalConfiguration;

/** What is written from the declarations of a deployment's settings, for people and editors. */
public final class DeploymentDocuments {
  private static final String INTRODUCTION =
      """
      # Settings

      A deployment is one YAML file. This page lists every setting of it, in order. It is generated
      from the settings' declarations in the code, as is [deployment.schema.json](deployment.schema.json),
      by which editors complete and check the file: begin it with
      `# yaml-language-server: $schema=` and the path or address of that schema, which `eddy check
      --schema` prints. `eddy check --show -c FILE` prints a file with every setting filled in.

      - A setting without a default must be given; a block whose default is `{}` may be left out.
      - `--set PATH=VALUE` takes the place of a setting for one command: `--set training.updates=50`.
      - Relative paths begin at the file's folder.
      - `${NAME}` and `${NAME:-default}` are filled in from the environment.
      - Where a list is expected, one value stands for a list of one, and `1..48` for whole numbers
        in a row.
      - A duration is a number with a unit, `ms`, `s`, `min`, `h`, `d` or `w`: `5 ms`.
      - A date or a time without an offset, `2015-01-01`, is read in `input.zone`.
      - Where the default is `none` or `auto`, either word leaves the setting out.

      ## The file
      """;

  private DeploymentDocuments() {}

  /** The deployment as YAML, every setting filled in and what nobody may read masked. */
  public static String show(Deployment deployment) {
    return "# Every setting of "
        + deployment.name()
        + ". Secrets are shown as "
        + SettingsWriter.SECRET
        + " and must be put back before this is used.\n"
        + SettingsWriter.write(deployment, DeploymentDocuments::isSecret);
  }

  private static boolean isSecret(String path) {
    String setting = path.toLowerCase(Locale.ROOT);
    boolean passedOn = setting.startsWith("kafka.") || setting.startsWith("flink.");
    if (!passedOn) {
      return setting.equals("registry.password") || setting.equals("registry.token");
    }
    return GlobalConfiguration.isSensitive(setting)
        || setting.contains("jaas")
        || setting.contains("credential")
        || setting.contains("passphrase")
        || setting.contains("user.info")
        || setting.endsWith("keystore.key");
  }

  /** The JSON Schema of a deployment's YAML. */
  public static String schema() {
    return SettingsSchema.of(Deployment.class, "An Eddy deployment");
  }

  /** The page that says everything about every setting. */
  public static String reference() {
    return SettingsReference.of(Deployment.class, INTRODUCTION);
  }
}
