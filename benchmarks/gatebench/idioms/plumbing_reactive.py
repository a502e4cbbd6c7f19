"""Plumbing over reactive chains, coroutines as their compiler writes them, and providers."""

from dataclasses import replace

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.carrying import decide, start
from benchmarks.gatebench.idioms.writing import Template

CHAIN = """
import io.reactivex.Observable;
import io.reactivex.schedulers.Schedulers;

final class @T_chain@ {
    static void @m_flow@(Context context, String text) {
        Observable.just(text)
                .map(String::trim)
                .filter(ready -> !ready.isEmpty())
                .subscribeOn(Schedulers.io())
                .subscribe(ready -> @m_done@(context, ready));
    }

    private static void @m_done@(Context context, String ready) {
        @run(context|ready)@
    }
}
"""

CONSUMER = """
import io.reactivex.Observable;
import io.reactivex.functions.Consumer;
import io.reactivex.functions.Function;
import java.util.concurrent.Callable;

final class @T_chain@ implements Consumer<String>, Callable<String>, Function<String, String> {
    private final Context @f_context@;
    private final String @f_text@;

    @T_chain@(Context context, String text) {
        this.@f_context@ = context;
        this.@f_text@ = text;
    }

    void @m_flow@() {
        Observable.fromCallable(this).map(this).subscribe(this);
    }

    @Override
    public String call() {
        return @f_text@;
    }

    @Override
    public String apply(String given) {
        return given.replace("\\t", " ");
    }

    @Override
    public void accept(String ready) {
        @run(@f_context@|ready)@
    }
}
"""

COROUTINE = """
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.SuspendLambda;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.GlobalScope;

final class @T_block@ extends SuspendLambda implements Function2<CoroutineScope, Continuation<? super Unit>, Object> {
    int label;
    final Context $context;
    final String $text;

    @SuppressWarnings("unchecked")
    @T_block@(Context context, String text, Continuation<?> completion) {
        super(2, (Continuation<Object>) completion);
        this.$context = context;
        this.$text = text;
    }

    static void @m_launch@(Context context, String text) {
        BuildersKt.launch$default(GlobalScope.INSTANCE, (CoroutineContext) null, null,
                new @T_block@(context, text, null), 3, null);
    }

    @Override
    public final Continuation<Unit> create(Object value, Continuation<?> completion) {
        return (Continuation) new @T_block@(this.$context, this.$text, completion);
    }

    @Override
    public final Object invoke(CoroutineScope scope, Continuation<? super Unit> completion) {
        return ((@T_block@) (Object) this.create(scope, completion)).invokeSuspend(Unit.INSTANCE);
    }

    @Override
    public final Object invokeSuspend(Object result) {
        Object suspended = IntrinsicsKt.getCOROUTINE_SUSPENDED();
        switch (this.label) {
            case 0:
                ResultKt.throwOnFailure(result);
                this.label = 1;
                if (DelayKt.delay(@n_delay_2_30@L, (Continuation) this) == suspended) {
                    return suspended;
                }
                break;
            case 1:
                ResultKt.throwOnFailure(result);
                break;
            default:
                throw new IllegalStateException("call to 'resume' before 'invoke' with coroutine");
        }
        @run(this.$context|this.$text)@
        return Unit.INSTANCE;
    }
}
"""

PROVIDER = """
import android.content.ContentProvider;
import android.database.Cursor;
import android.net.Uri;

public class @T_provider@ extends ContentProvider {
    static final Uri @f_uri@ = Uri.parse("content://@package@.@k_authority@");

    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public Bundle call(String method, String text, Bundle extras) {
        Bundle answer = new Bundle();
        if ("@k_check@".equals(method)) {
            answer.putBoolean("@k_found@", @ask(getContext()|text)@);
        }
        return answer;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] given, String order) {
        return null;
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        return null;
    }

    @Override
    public int delete(Uri uri, String where, String[] given) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues values, String where, String[] given) {
        return 0;
    }
}
"""

AUTHORITY = (
    '<provider android:name=".@T_provider@" android:authorities="@package@.@k_authority@" android:exported="false" />'
)

PROVIDER_CALL = Idiom(
    "plumbing",
    "own-provider-call",
    Template(
        sources={"@T_provider@": PROVIDER},
        use='{context}.getContentResolver().call(@T_provider@.@f_uri@, "@k_check@", {text}, null)'
        '.getBoolean("@k_found@")',
        manifest=(AUTHORITY,),
    ),
    carries="ask",
)

RX = ("io.reactivex",)
KOTLIN = ("kotlin", "kotlinx.coroutines")
FLOW = "@T_chain@.@m_flow@({context}, {text});"
NEW_FLOW = "new @T_chain@({context}, {text}).@m_flow@();"
LAUNCH = "@T_block@.@m_launch@({context}, {text});"

IDIOMS: tuple[Idiom, ...] = (
    decide("reactive-chain", {"@T_chain@": CHAIN}, FLOW, libraries=RX),
    decide("reactive-consumer", {"@T_chain@": CONSUMER}, NEW_FLOW, libraries=RX),
    replace(decide("coroutine", {"@T_block@": COROUTINE}, LAUNCH, libraries=KOTLIN), language="imitated"),
    start("reactive-chain", {"@T_chain@": CHAIN}, FLOW, libraries=RX),
    replace(start("coroutine", {"@T_block@": COROUTINE}, LAUNCH, libraries=KOTLIN), language="imitated"),
    PROVIDER_CALL,
)
