package dev.eddy.pipeline.cli.status;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Lets Flink find the {@link JobCounters} of a run, whose id is among its settings. */
public final class JobCountersFactory implements MetricReporterFactory {
  /** Made by Flink. */
  public JobCountersFactory() {}

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return JobCounters.of(properties.getProperty(JobCounters.ID, ""));
  }
}
