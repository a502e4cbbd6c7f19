package android.app.job;

import org.example.bench.Bench;
import org.example.bench.Clock;

public class JobScheduler {
    public static final int RESULT_SUCCESS = 1;

    public int schedule(JobInfo job) {
        JobService made = (JobService) Bench.make(job.getService().getClassName());
        Clock.post(() -> {
            made.onCreate();
            made.onStartJob(new JobParameters(job.extras));
        }, 100);
        return RESULT_SUCCESS;
    }

    public void cancel(int id) {
    }
}
