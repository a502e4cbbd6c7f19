"""Plumbing over the platform's components: services, receivers, jobs, work managers, an application's own bus."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.carrying import decide, start
from benchmarks.gatebench.idioms.manifests import receiver, service

SERVICE = """
public class @T_worker@ extends Service {
    static final String @f_extra@ = "@k_extra@";

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        String text = intent == null ? null : intent.getStringExtra(@f_extra@);
        if (text != null) {
            @run(this|text)@
        }
        stopSelf(id);
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
"""

INTENT_SERVICE = """
public class @T_worker@ extends IntentService {
    public @T_worker@() {
        super("@k_worker@");
    }

    static void @m_enqueue@(Context context, String text) {
        Bundle extras = new Bundle();
        extras.putString("@k_extra@", text);
        context.startService(new Intent(context, @T_worker@.class).setAction("@k_action@").putExtras(extras));
    }

    @Override
    protected void onHandleIntent(Intent intent) {
        if ("@k_action@".equals(intent.getAction())) {
            String text = intent.getExtras().getString("@k_extra@", "");
            @run(getApplicationContext()|text)@
        }
    }
}
"""

RECEIVER = """
public class @T_receiver@ extends BroadcastReceiver {
    static final String ACTION = "@package@.@k_action@";

    @Override
    public void onReceive(Context context, Intent intent) {
        String text = intent.getStringExtra("@k_extra@");
        if (ACTION.equals(intent.getAction()) && text != null) {
            @run(context|text)@
        }
    }
}
"""

DYNAMIC = """
final class @T_relay@ extends BroadcastReceiver {
    private static boolean @f_registered@;

    static void @m_tell@(Context context, String text) {
        Context application = context.getApplicationContext();
        if (!@f_registered@) {
            application.registerReceiver(new @T_relay@(), new IntentFilter("@package@.@k_action@"));
            @f_registered@ = true;
        }
        application.sendBroadcast(new Intent("@package@.@k_action@").putExtra("@k_extra@", text));
    }

    @Override
    public void onReceive(Context context, Intent intent) {
        String text = intent.getStringExtra("@k_extra@");
        @run(context|text)@
    }
}
"""

JOB = """
import android.app.job.JobInfo;
import android.app.job.JobParameters;
import android.app.job.JobScheduler;
import android.app.job.JobService;

public class @T_job@ extends JobService {
    static void @m_plan@(Context context, String text) {
        PersistableBundle extras = new PersistableBundle();
        extras.putString("@k_extra@", text);
        JobInfo job = new JobInfo.Builder(@n_job_10_999@, new ComponentName(context, @T_job@.class))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setExtras(extras)
                .build();
        ((JobScheduler) context.getSystemService(Context.JOB_SCHEDULER_SERVICE)).schedule(job);
    }

    @Override
    public boolean onStartJob(JobParameters parameters) {
        String text = parameters.getExtras().getString("@k_extra@");
        @run(this|text)@
        jobFinished(parameters, false);
        return false;
    }

    @Override
    public boolean onStopJob(JobParameters parameters) {
        return true;
    }
}
"""

WORK = """
import androidx.work.Data;
import androidx.work.OneTimeWorkRequest;
import androidx.work.WorkManager;
import androidx.work.Worker;
import androidx.work.WorkerParameters;

public class @T_work@ extends Worker {
    public @T_work@(Context context, WorkerParameters parameters) {
        super(context, parameters);
    }

    static void @m_plan@(Context context, String text) {
        OneTimeWorkRequest request = new OneTimeWorkRequest.Builder(@T_work@.class)
                .setInputData(new Data.Builder().putString("@k_extra@", text).build())
                .build();
        WorkManager.getInstance(context).enqueue(request);
    }

    @Override
    public Result doWork() {
        String text = getInputData().getString("@k_extra@");
        @run(getApplicationContext()|text)@
        return Result.success();
    }
}
"""

ALARM = """
public class @T_alarm@ extends BroadcastReceiver {
    static void @m_set@(Context context, String text) {
        Intent wake = new Intent(context, @T_alarm@.class).putExtra("@k_extra@", text);
        PendingIntent later = PendingIntent.getBroadcast(context, @n_code_1_99@, wake,
                PendingIntent.FLAG_UPDATE_CURRENT);
        AlarmManager alarms = (AlarmManager) context.getSystemService(Context.ALARM_SERVICE);
        alarms.set(AlarmManager.RTC, System.currentTimeMillis() + 20, later);
    }

    @Override
    public void onReceive(Context context, Intent intent) {
        String text = intent.getStringExtra("@k_extra@");
        @run(context|text)@
    }
}
"""

BUS = """
final class @T_bus@ {
    interface @T_subscriber@<E> {
        void @m_on@(E event);
    }

    private static final Map<Class<?>, List<@T_subscriber@<?>>> @f_all@ = new HashMap<>();

    static <E> void @m_subscribe@(Class<E> type, @T_subscriber@<E> subscriber) {
        List<@T_subscriber@<?>> there = @f_all@.get(type);
        if (there == null) {
            there = new ArrayList<>();
            @f_all@.put(type, there);
        }
        there.add(subscriber);
    }

    @SuppressWarnings("unchecked")
    static <E> void @m_post@(E event) {
        List<@T_subscriber@<?>> there = @f_all@.get(event.getClass());
        for (int at = 0; there != null && at < there.size(); at++) {
            ((@T_subscriber@<E>) there.get(at)).@m_on@(event);
        }
    }
}
"""

EVENT = """
final class @T_event@ {
    final Context @f_context@;
    final String @f_text@;

    @T_event@(Context context, String text) {
        this.@f_context@ = context;
        this.@f_text@ = text;
    }
}
"""

DESK = """
final class @T_desk@ implements @T_bus@.@T_subscriber@<@T_event@> {
    private static boolean @f_ready@;

    static void @m_publish@(Context context, String text) {
        if (!@f_ready@) {
            @f_ready@ = true;
            @T_bus@.@m_subscribe@(@T_event@.class, new @T_desk@());
        }
        @T_bus@.@m_post@(new @T_event@(context, text));
    }

    @Override
    public void @m_on@(@T_event@ event) {
        @run(event.@f_context@|event.@f_text@)@
    }
}
"""

STARTED = "{context}.startService(new Intent({context}, @T_worker@.class).putExtra(@T_worker@.@f_extra@, {text}));"
ENQUEUED = "@T_worker@.@m_enqueue@({context}, {text});"
BROADCAST = (
    "{context}.sendBroadcast(new Intent(@T_receiver@.ACTION).setPackage({context}.getPackageName())"
    '.putExtra("@k_extra@", {text}));'
)
RELAYED = "@T_relay@.@m_tell@({context}, {text});"
JOBBED = "@T_job@.@m_plan@({context}, {text});"
WORKED = "@T_work@.@m_plan@({context}, {text});"
ALARMED = "@T_alarm@.@m_set@({context}, {text});"
PUBLISHED = "@T_desk@.@m_publish@({context}, {text});"

JOB_MANIFEST = ('<service android:name=".@T_job@" android:permission="android.permission.BIND_JOB_SERVICE" />',)
BUS_SOURCES = {"@T_bus@": BUS, "@T_event@": EVENT, "@T_desk@": DESK}
LIBRARY = ("androidx.work",)

IDIOMS: tuple[Idiom, ...] = (
    decide("service-start", {"@T_worker@": SERVICE}, STARTED, manifest=service(name="@T_worker@")),
    decide(
        "intent-service-bundle",
        {"@T_worker@": INTENT_SERVICE},
        ENQUEUED,
        held_back=True,
        manifest=service(name="@T_worker@"),
    ),
    decide(
        "broadcast-to-own-receiver",
        {"@T_receiver@": RECEIVER},
        BROADCAST,
        manifest=receiver("@package@.@k_action@", name="@T_receiver@"),
    ),
    decide("registered-receiver", {"@T_relay@": DYNAMIC}, RELAYED, held_back=True),
    decide("own-event-bus", BUS_SOURCES, PUBLISHED),
    decide("work-manager", {"@T_work@": WORK}, WORKED, held_back=True, libraries=LIBRARY),
    decide("job-service", {"@T_job@": JOB}, JOBBED, manifest=JOB_MANIFEST),
    start("service-start", {"@T_worker@": SERVICE}, STARTED, manifest=service(name="@T_worker@")),
    start("job-service", {"@T_job@": JOB}, JOBBED, held_back=True, manifest=JOB_MANIFEST),
    start("work-manager", {"@T_work@": WORK}, WORKED, libraries=LIBRARY),
    start(
        "alarm",
        {"@T_alarm@": ALARM},
        ALARMED,
        manifest=('<receiver android:name=".@T_alarm@" android:exported="false" />',),
    ),
    start("own-event-bus", BUS_SOURCES, PUBLISHED, held_back=True),
)
