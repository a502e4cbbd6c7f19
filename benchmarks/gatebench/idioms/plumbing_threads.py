"""Plumbing over threads, handlers, executors, timers and tasks."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.carrying import decide, start

TASK = """
final class @T_task@ implements Runnable {
    private final Context @f_context@;
    private final String @f_text@;

    @T_task@(Context context, String text) {
        this.@f_context@ = context;
        this.@f_text@ = text;
    }

    @Override
    public void run() {
        @run(@f_context@|@f_text@)@
    }
}
"""

THREAD = """
class @T_task@ extends Thread {
    private Context @f_context@;
    private String @f_text@;

    @T_task@ @m_with@(Context context, String text) {
        @f_context@ = context.getApplicationContext();
        @f_text@ = text;
        setName("@k_thread@");
        return this;
    }

    @Override
    public void run() {
        if (@f_context@ != null) {
            @run(@f_context@|@f_text@)@
        }
    }
}
"""

ASYNC = """
class @T_task@ extends AsyncTask<String, Void, String> {
    private final Context @f_context@;

    @T_task@(Context context) {
        this.@f_context@ = context;
    }

    @Override
    protected String doInBackground(String... given) {
        return given[0] == null ? "" : given[0].trim();
    }

    @Override
    protected void onPostExecute(String ready) {
        @run(@f_context@|ready)@
    }
}
"""

TIMER = """
final class @T_clock@ {
    private static final Timer @f_timer@ = new Timer("@k_timer@", true);

    static void @m_later@(final Context context, final String text) {
        @f_timer@.schedule(new TimerTask() {
            @Override
            public void run() {
                @run(context|text)@
            }
        }, 10L);
    }
}
"""

EXECUTOR = """
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class @T_pool@ {
    private static final ExecutorService @f_pool@ = Executors.newFixedThreadPool(2);

    static void @m_submit@(Context context, String text) {
        @f_pool@.execute(() -> @m_now@(context, text));
    }

    private static void @m_now@(Context context, String text) {
        @run(context|text)@
    }
}
"""

CALLABLE = """
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

final class @T_pool@ {
    private static final ExecutorService @f_pool@ = Executors.newSingleThreadExecutor();

    static void @m_through@(Context context, final String text) {
        Future<String> ready = @f_pool@.submit(new Callable<String>() {
            @Override
            public String call() {
                return text.replace('\\u00a0', ' ');
            }
        });
        try {
            String plain = ready.get();
            @run(context|plain)@
        } catch (InterruptedException | ExecutionException cause) {
            Thread.currentThread().interrupt();
        }
    }
}
"""

FUTURE = """
import java.util.concurrent.CompletableFuture;

final class @T_chain@ {
    static void @m_begin@(Context context, String text) {
        CompletableFuture.supplyAsync(() -> text)
                .thenApply(String::trim)
                .thenAccept(ready -> @m_finish@(context, ready));
    }

    private static void @m_finish@(Context context, String ready) {
        @run(context|ready)@
    }
}
"""

MESSAGE = """
class @T_handler@ extends Handler {
    static final int @f_what@ = @n_what_3_800@;
    private final Context @f_context@;

    @T_handler@(Context context) {
        super(Looper.getMainLooper());
        this.@f_context@ = context;
    }

    @Override
    public void handleMessage(Message message) {
        if (message.what == @f_what@) {
            String text = (String) message.obj;
            @run(@f_context@|text)@
        }
    }

    static void @m_send@(Context context, String text) {
        @T_handler@ handler = new @T_handler@(context);
        Message message = handler.obtainMessage(@f_what@, text);
        handler.sendMessage(message);
    }
}
"""

DATA = """
final class @T_handler@ implements Handler.Callback {
    private final Context @f_context@;

    @T_handler@(Context context) {
        this.@f_context@ = context;
    }

    void @m_send@(String text) {
        Handler handler = new Handler(Looper.getMainLooper(), this);
        Message message = Message.obtain(handler, @n_what_3_800@);
        Bundle data = new Bundle();
        data.putString("@k_text@", text);
        message.setData(data);
        message.sendToTarget();
    }

    @Override
    public boolean handleMessage(Message message) {
        switch (message.what) {
            case @n_what_3_800@:
                String text = message.getData().getString("@k_text@");
                @run(@f_context@|text)@
                return true;
            default:
                return false;
        }
    }
}
"""

POST = "new Handler(Looper.getMainLooper()).post(new @T_task@({context}, {text}));"
DELAYED = "new Handler(Looper.getMainLooper()).postDelayed(new @T_task@({context}, {text}), @n_wait_5_50@);"
BEGIN = "new @T_task@().@m_with@({context}, {text}).start();"
RAW = 'new Thread(new @T_task@({context}, {text}), "@k_thread@").start();'
EXECUTE = "new @T_task@({context}).execute({text});"
CLOCK = "@T_clock@.@m_later@({context}, {text});"
SUBMIT = "@T_pool@.@m_submit@({context}, {text});"
THROUGH = "@T_pool@.@m_through@({context}, {text});"
CHAIN = "@T_chain@.@m_begin@({context}, {text});"
SEND = "@T_handler@.@m_send@({context}, {text});"
SEND_DATA = "new @T_handler@({context}).@m_send@({text});"

IDIOMS: tuple[Idiom, ...] = (
    decide("handler-post", {"@T_task@": TASK}, POST),
    decide("thread-of-runnable", {"@T_task@": TASK}, RAW, held_back=True),
    decide("thread-subclass", {"@T_task@": THREAD}, BEGIN),
    decide("async-task", {"@T_task@": ASYNC}, EXECUTE),
    decide("timer", {"@T_clock@": TIMER}, CLOCK, held_back=True),
    decide("executor-lambda", {"@T_pool@": EXECUTOR}, SUBMIT),
    decide("callable-future", {"@T_pool@": CALLABLE}, THROUGH, held_back=True),
    decide("completable-future", {"@T_chain@": FUTURE}, CHAIN, held_back=True),
    decide("message-object", {"@T_handler@": MESSAGE}, SEND),
    decide("message-data", {"@T_handler@": DATA}, SEND_DATA, held_back=True),
    start("handler-post-delayed", {"@T_task@": TASK}, DELAYED),
    start("thread-of-runnable", {"@T_task@": TASK}, RAW),
    start("thread-subclass", {"@T_task@": THREAD}, BEGIN, held_back=True),
    start("async-task", {"@T_task@": ASYNC}, EXECUTE, held_back=True),
    start("timer", {"@T_clock@": TIMER}, CLOCK),
    start("executor-lambda", {"@T_pool@": EXECUTOR}, SUBMIT),
    start("completable-future", {"@T_chain@": FUTURE}, CHAIN, held_back=True),
    start("message-object", {"@T_handler@": MESSAGE}, SEND, held_back=True),
)
