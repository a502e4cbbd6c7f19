"""Pieces in Kotlin, for what its compiler makes: companions, inlined lambdas, default arguments, data classes."""

from benchmarks.gatebench.fragments import Idiom, literal
from benchmarks.gatebench.idioms.gate_parts import market
from benchmarks.gatebench.idioms.gates_market import property_name
from benchmarks.gatebench.idioms.lists_download import answer
from benchmarks.gatebench.idioms.writing import Outside, Template

ANY = Idiom(
    "matcher",
    "kotlin-any-contains",
    Template(
        kotlin={
            "@T_match@": """
class @T_match@ private constructor(private val text: String) {
    private fun @m_found@(words: Collection<String>): Boolean = words.any { text.contains(it, ignoreCase = true) }

    companion object {
        @JvmStatic
        fun @m_hit@(words: Collection<String>, text: String): Boolean = @T_match@(text).@m_found@(words)
    }
}
"""
        },
        use="@T_match@.@m_hit@(@words({context})@, {text})",
    ),
    takes=("List<String>", "Set<String>"),
    language="kotlin",
)

SEALED = Idiom(
    "matcher",
    "kotlin-sealed-outcome",
    Template(
        kotlin={
            "@T_match@": """
internal data class @T_rule@(val word: String, val weight: Int = 1)

internal sealed class @T_outcome@ {
    object None : @T_outcome@()

    data class Hit(val rule: @T_rule@, val at: Int) : @T_outcome@()
}

object @T_match@ {
    private fun @m_judge@(rules: List<@T_rule@>, text: String): @T_outcome@ =
        rules.firstOrNull { it.word in text }
            ?.let { @T_outcome@.Hit(it, text.indexOf(it.word)) }
            ?: @T_outcome@.None

    fun @m_weight@(words: Array<String>, text: String): Int =
        when (val outcome = @m_judge@(words.map { @T_rule@(it) }, text)) {
            is @T_outcome@.Hit -> outcome.rule.weight
            @T_outcome@.None -> 0
        }
}
"""
        },
        use="@T_match@.INSTANCE.@m_weight@(@words({context})@, {text}) > 0",
    ),
    held_back=True,
    takes=("String[]",),
    language="kotlin",
)

OBJECT = Idiom(
    "list",
    "kotlin-object-list",
    Template(
        kotlin={
            "@T_words@": """
object @T_words@ {
    private val @f_more@ = mutableListOf<String>()

    val all: List<String>
        get() = @f_more@

    init {
        @f_more@ += listOf(@entries@)
    }
}
"""
        },
        use="@T_words@.INSTANCE.getAll()",
    ),
    origin="constants",
    language="kotlin",
)

LAZY = Idiom(
    "list",
    "kotlin-lazy-set",
    Template(
        kotlin={
            "@T_words@": """
internal val @f_packed@ = @packed@

class @T_words@ {
    val @f_all@: Set<String> by lazy { @f_packed@.split(';').map { it.trim() }.toSet() }

    companion object {
        @JvmField
        val SHARED = @T_words@()
    }

    fun @m_all@() = @f_all@
}
"""
        },
        use="@T_words@.SHARED.@m_all@()",
        parts=lambda _names, wiring: {"packed": literal("; ".join(wiring.entries))},
    ),
    held_back=True,
    origin="constants",
    gives="Set<String>",
    language="kotlin",
)

DOWNLOADED = Idiom(
    "list",
    "kotlin-read-text-of-address",
    Template(
        kotlin={
            "@T_words@": """
import android.util.Log
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URL
import org.json.JSONException
import org.json.JSONObject

object @T_words@ {
    @Volatile
    private var @f_all@: List<String> = emptyList()
    private var @f_on@ = false

    @JvmStatic
    fun @m_load@() {
        try {
            val connection = URL("https://@host@@p_words@").openConnection() as HttpURLConnection
            val document = JSONObject(connection.inputStream.bufferedReader().use { it.readText() })
            val words = document.getJSONArray("@k_words@")
            @f_all@ = (0 until words.length()).map { words.getString(it) }
            @f_on@ = document.optBoolean("@k_on@", false)
        } catch (cause: IOException) {
            Log.w("@T_words@", cause)
        } catch (cause: JSONException) {
            Log.w("@T_words@", cause)
        }
    }

    @JvmStatic
    fun @m_all@(): List<String> = @f_all@

    @JvmStatic
    fun @m_on@(): Boolean = @f_on@
}
"""
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        outside=Outside(replies={"https://@host@@p_words@": answer}),
        flag="@T_words@.@m_on@()",
    ),
    origin="downloaded",
    remote=True,
    language="kotlin",
)

WHEN = Idiom(
    "gate",
    "kotlin-when-of-extension",
    Template(
        kotlin={
            "@T_gate@": """
import android.content.Context
import android.os.SystemProperties

internal fun Context.@m_market@(): String? = SystemProperties.get("@property@").takeIf { it.isNotEmpty() }

object @T_gate@ {
    @JvmStatic
    fun @m_open@(context: Context): Boolean = when (context.@m_market@()) {
        "CN" -> true
        null, "LT" -> false
        else -> false
    }
}
"""
        },
        use="@T_gate@.@m_open@({context})",
        market_properties=("@property@",),
        parts=property_name,
    ),
    opens=market("CN"),
    stages=("use", "download", "consequence"),
    language="kotlin",
)

DEFAULTS = Idiom(
    "gate",
    "kotlin-default-arguments",
    Template(
        kotlin={
            "@T_gate@": """
import android.os.SystemProperties

internal enum class @T_region@ { HOME, UNION, OTHER }

internal data class @T_found_region@(val region: @T_region@ = @T_region@.OTHER, val strict: Boolean = true)

internal fun @m_place@(market: String = SystemProperties.get("@property@", ""), strict: Boolean = true) =
    when (market) {
        "CN" -> @T_found_region@(@T_region@.HOME, strict)
        in listOf(@union@) -> @T_found_region@(@T_region@.UNION)
        else -> @T_found_region@(strict = strict)
    }

class @T_gate@ {
    fun @m_open@(): Boolean {
        val (region, strict) = @m_place@()
        return strict && when (region) {
            @T_region@.UNION -> false
            else -> region == @T_region@.HOME
        }
    }
}
"""
        },
        use="new @T_gate@().@m_open@()",
        market_properties=("@property@",),
        parts=property_name,
    ),
    held_back=True,
    opens=market("CN"),
    language="kotlin",
)

IDIOMS = (ANY, SEALED, OBJECT, LAZY, DOWNLOADED, WHEN, DEFAULTS)
