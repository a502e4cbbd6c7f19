"""Plumbing and screens in Kotlin: functions as values, coroutines, listeners as lambdas; Java is behind a bridge."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

BRIDGE = """
public final class @T_flow_bridge@ {
    public static void @m_pass@(Context context, String text) {
        @decide(context|text)@
    }
}
"""

HIGHER = Idiom(
    "plumbing",
    "kotlin-function-as-value",
    Template(
        sources={
            "@T_asked@": """
final class @T_asked@ {
    static boolean @m_ask@(Context context, String text) {
        return @T_steps@.@m_run@(text, ready -> @ask(context|ready)@);
    }
}
"""
        },
        kotlin={
            "@T_steps@": """
object @T_steps@ {
    private inline fun <T : Any> T.@m_checked@(test: (T) -> Boolean): Boolean = let(test)

    @JvmStatic
    fun @m_run@(text: String?, test: (String) -> Boolean): Boolean =
        text?.trim()?.takeUnless { it.isEmpty() }?.@m_checked@ { test(it) } ?: false
}
"""
        },
        use="@T_asked@.@m_ask@({context}, {text})",
    ),
    carries="ask",
    language="kotlin",
)

COROUTINE = Idiom(
    "plumbing",
    "kotlin-launched-coroutine",
    Template(
        sources={"@T_flow_bridge@": BRIDGE},
        kotlin={
            "@T_flow@": """
import android.content.Context
import android.os.Handler
import android.os.Looper
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

internal object @T_dispatcher@ : CoroutineDispatcher() {
    private val @f_handler@ = Handler(Looper.getMainLooper())

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        @f_handler@.post(block)
    }
}

object @T_flow@ {
    private suspend fun @m_ready@(text: String): String = withContext(@T_dispatcher@) { text.trim() }

    @JvmStatic
    fun @m_begin@(context: Context, text: String) {
        GlobalScope.launch(@T_dispatcher@) {
            val ready = @m_ready@(text)
            if (ready.isNotEmpty()) {
                @T_flow_bridge@.@m_pass@(context, ready)
            }
        }
    }
}
"""
        },
        use="@T_flow@.@m_begin@({context}, {text});",
    ),
    carries="decide",
    language="kotlin",
)

SUSPENDED = Idiom(
    "plumbing",
    "kotlin-suspended-callback",
    Template(
        sources={"@T_flow_bridge@": BRIDGE},
        kotlin={
            "@T_flow@": """
import android.content.Context
import android.os.Handler
import android.os.Looper
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.resume
import kotlin.coroutines.startCoroutine
import kotlin.coroutines.suspendCoroutine

class @T_flow@(private val where: Context) : Continuation<Unit> {
    override val context = EmptyCoroutineContext

    override fun resumeWith(result: Result<Unit>) {
        result.getOrThrow()
    }

    private suspend fun @m_later@(text: String): String = suspendCoroutine { rest ->
        Handler(Looper.getMainLooper()).postDelayed({ rest.resume(text) }, @n_delay_10_90@L)
    }

    private suspend fun @m_both@(text: String) {
        val first = @m_later@(text)
        val second = @m_later@("@k_second@")
        if (second.length < first.length + 1000) {
            @T_flow_bridge@.@m_pass@(where, first)
        }
    }

    fun @m_begin@(text: String) {
        val block: suspend () -> Unit = { @m_both@(text) }
        block.startCoroutine(this)
    }
}
"""
        },
        use="new @T_flow@({context}).@m_begin@({text});",
    ),
    held_back=True,
    carries="decide",
    language="kotlin",
)

TYPED = Idiom(
    "text",
    "kotlin-typed-and-sent",
    Template(
        sources={"@T_text_bridge@": BRIDGE.replace("@T_flow_bridge@", "@T_text_bridge@")},
        kotlin={
            "@T_screen@": """
import android.app.Activity
import android.os.Bundle
import android.widget.Button
import android.widget.EditText
import android.widget.LinearLayout

class @T_screen@ : Activity() {
    private lateinit var @f_input@: EditText

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        @f_input@ = EditText(this).apply { id = INPUT }
        val send = Button(this).also { it.id = SEND }
        send.setOnClickListener { @m_sent@(@f_input@.text?.toString().orEmpty()) }
        setContentView(LinearLayout(this).apply {
            addView(@f_input@)
            addView(send)
        })
    }

    private fun @m_sent@(typed: String) {
        if (typed.isNotBlank()) {
            @T_text_bridge@.@m_pass@(this, typed)
        }
    }

    companion object {
        const val INPUT = @n_input_1000_1999@
        const val SEND = @n_send_2000_2999@
    }
}
"""
        },
        manifest=activity(),
        drive="@T_screen@ screen = Bench.open(@T_screen@.class);\n"
        "Bench.type(screen, @n_input_1000_1999@, text);\n"
        "Bench.click(screen, @n_send_2000_2999@);",
    ),
    origin="typed",
    language="kotlin",
)

SHARED = Idiom(
    "text",
    "kotlin-shared-text",
    Template(
        sources={"@T_text_bridge@": BRIDGE.replace("@T_flow_bridge@", "@T_text_bridge@")},
        kotlin={
            "@T_screen@": """
import android.app.Activity
import android.content.Intent
import android.os.Bundle

class @T_screen@ : Activity() {
    private val Intent.@f_shared@: String?
        get() = if (action == Intent.ACTION_SEND) getStringExtra(Intent.EXTRA_TEXT) else null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        intent?.run { @f_shared@ }?.let { @T_text_bridge@.@m_pass@(this, it) } ?: finish()
    }
}
"""
        },
        manifest=activity("android.intent.action.SEND", more='<data android:mimeType="text/plain" />'),
        drive="Intent sent = new Intent(Intent.ACTION_SEND);\n"
        "sent.putExtra(Intent.EXTRA_TEXT, text);\n"
        "Bench.open(@T_screen@.class, sent);",
    ),
    held_back=True,
    origin="intent",
    language="kotlin",
)

IDIOMS = (HIGHER, COROUTINE, SUSPENDED, TYPED, SHARED)
