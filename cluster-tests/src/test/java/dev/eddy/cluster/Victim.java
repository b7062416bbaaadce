package dev.eddy.cluster;

/** What is killed, with SIGKILL. */
enum Victim {
  TASK_MANAGER,
  OTHER_TASK_MANAGER,
  TASK_MANAGERS,
  JOB_MANAGER,
  BROKER,
  BROKER_AND_TASK_MANAGER,
  JOB_AND_TASK_MANAGER,
  EVERYTHING;

  void kill(FlinkCluster cluster) {
    switch (this) {
      case TASK_MANAGER -> cluster.taskManager(1).process().kill();
      case OTHER_TASK_MANAGER -> cluster.taskManager(2).process().kill();
      case TASK_MANAGERS -> {
        cluster.taskManager(1).process().kill();
        cluster.taskManager(2).process().kill();
      }
      case JOB_MANAGER -> cluster.jobManager().process().kill();
      case BROKER -> cluster.broker().process().kill();
      case BROKER_AND_TASK_MANAGER -> {
        cluster.broker().process().kill();
        cluster.taskManager(1).process().kill();
      }
      case JOB_AND_TASK_MANAGER -> {
        cluster.jobManager().process().kill();
        cluster.taskManager(2).process().kill();
      }
      case EVERYTHING -> {
        cluster.broker().process().kill();
        cluster.jobManager().process().kill();
        cluster.taskManager(1).process().kill();
        cluster.taskManager(2).process().kill();
      }
    }
  }
}
