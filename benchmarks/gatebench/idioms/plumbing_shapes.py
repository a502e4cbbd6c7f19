"""Plumbing by shapes of object-oriented code: template methods, optionals, enumerations, queues, bound services."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.carrying import decide
from benchmarks.gatebench.idioms.manifests import service
from benchmarks.gatebench.idioms.plumbing_calls import ask

TEMPLATE = ask(
    "template-method",
    {
        "@T_base@": """
abstract class @T_base@ {
    final boolean @m_run@(Context context, String text) {
        String ready = @m_prepare@(text);
        return ready.length() > 0 && @m_test@(context, ready);
    }

    String @m_prepare@(String text) {
        return text;
    }

    abstract boolean @m_test@(Context context, String text);
}
""",
        "@T_real@": """
class @T_real@ extends @T_base@ {
    @Override
    String @m_prepare@(String text) {
        return super.@m_prepare@(text).trim();
    }

    @Override
    boolean @m_test@(Context context, String text) {
        return @ask(context|text)@;
    }
}
""",
    },
    "new @T_real@().@m_run@({context}, {text})",
)

OPTIONAL = ask(
    "optional-chain",
    {
        "@T_maybe@": """
import java.util.Optional;

final class @T_maybe@ {
    static boolean @m_present@(Context context, String text) {
        return Optional.ofNullable(text)
                .map(String::trim)
                .filter(ready -> @ask(context|ready)@)
                .isPresent();
    }
}
"""
    },
    "@T_maybe@.@m_present@({context}, {text})",
    held_back=True,
)

ENUMERATION = ask(
    "enumeration-of-steps",
    {
        "@T_step@": """
enum @T_step@ {
    FIRST {
        @Override
        boolean @m_apply@(Context context, String text) {
            return text.length() > 100000;
        }
    },
    SECOND {
        @Override
        boolean @m_apply@(Context context, String text) {
            return @ask(context|text)@;
        }
    };

    abstract boolean @m_apply@(Context context, String text);

    static boolean @m_any@(Context context, String text) {
        for (@T_step@ step : values()) {
            if (step.@m_apply@(context, text)) {
                return true;
            }
        }
        return false;
    }
}
"""
    },
    "@T_step@.@m_any@({context}, {text})",
    held_back=True,
)

RESULT = ask(
    "result-object",
    {
        "@T_result@": """
final class @T_result@ {
    static final int CLEAN = 0;
    static final int FOUND = 1;
    private final int @f_code@;
    private final String @f_text@;

    private @T_result@(int code, String text) {
        @f_code@ = code;
        @f_text@ = text;
    }

    static @T_result@ @m_of@(Context context, String text) {
        if (@ask(context|text)@) {
            return new @T_result@(FOUND, text);
        }
        return new @T_result@(CLEAN, text);
    }

    int @m_code@() {
        return @f_code@;
    }

    String @m_text@() {
        return @f_text@;
    }
}
"""
    },
    "(@T_result@.@m_of@({context}, {text}).@m_code@() == @T_result@.FOUND)",
)

QUEUE = """
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

final class @T_worker@ extends Thread {
    private static @T_worker@ @f_only@;
    private final BlockingQueue<String> @f_queue@ = new LinkedBlockingQueue<>();
    private final Context @f_context@;

    private @T_worker@(Context context) {
        @f_context@ = context;
        setDaemon(true);
    }

    static synchronized void @m_offer@(Context context, String text) {
        if (@f_only@ == null) {
            @f_only@ = new @T_worker@(context.getApplicationContext());
            @f_only@.start();
        }
        @f_only@.@f_queue@.add(text);
    }

    @Override
    public void run() {
        try {
            while (!isInterrupted()) {
                String text = @f_queue@.take();
                @run(@f_context@|text)@
            }
        } catch (InterruptedException cause) {
            interrupt();
        }
    }
}
"""

BOUND = """
public class @T_bound@ extends Service {
    public final class @T_binder@ extends Binder {
        void @m_take@(String text) {
            @T_bound@.this.@m_now@(text);
        }
    }

    static void @m_bind@(Context context, final String text) {
        context.bindService(new Intent(context, @T_bound@.class), new ServiceConnection() {
            @Override
            public void onServiceConnected(ComponentName name, IBinder binder) {
                ((@T_binder@) binder).@m_take@(text);
            }

            @Override
            public void onServiceDisconnected(ComponentName name) {
            }
        }, Context.BIND_AUTO_CREATE);
    }

    @Override
    public IBinder onBind(Intent intent) {
        return new @T_binder@();
    }

    private void @m_now@(String text) {
        @run(this|text)@
    }
}
"""

OBSERVABLE = """
final class @T_subject@ extends Observable {
    private static final @T_subject@ @f_only@ = new @T_subject@();

    static {
        @f_only@.addObserver(new @T_watcher@());
    }

    static void @m_publish@(Context context, String text) {
        @f_only@.setChanged();
        @f_only@.notifyObservers(new Object[] {context, text});
    }
}
"""

WATCHER = """
class @T_watcher@ implements Observer {
    @Override
    public void update(Observable subject, Object given) {
        Object[] pair = (Object[]) given;
        Context context = (Context) pair[0];
        String text = (String) pair[1];
        @run(context|text)@
    }
}
"""

OFFER = "@T_worker@.@m_offer@({context}, {text});"
BIND = "@T_bound@.@m_bind@({context}, {text});"
PUBLISH = "@T_subject@.@m_publish@({context}, {text});"

IDIOMS: tuple[Idiom, ...] = (
    TEMPLATE,
    OPTIONAL,
    ENUMERATION,
    RESULT,
    decide("queue-of-a-worker", {"@T_worker@": QUEUE}, OFFER, held_back=True),
    decide("bound-service", {"@T_bound@": BOUND}, BIND, held_back=True, manifest=service(name="@T_bound@")),
    decide("observer", {"@T_subject@": OBSERVABLE, "@T_watcher@": WATCHER}, PUBLISH),
)
