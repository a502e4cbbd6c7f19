"""Texts of advertisements and feeds whose library has another name, or none: only its shape is left."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

OWN_SDK = Idiom(
    "text",
    "advertisement-of-renamed-library",
    Template(
        sources={
            "@T_creative@": """
public final class @T_creative@ {
    private final String @f_headline@;
    private final String @f_body@;

    @T_creative@(String headline, String body) {
        this.@f_headline@ = headline;
        this.@f_body@ = body;
    }

    public String getAdvertiser() {
        return "";
    }

    public String getHeadline() {
        return @f_headline@;
    }

    public String getBody() {
        return @f_body@;
    }

    public String getCallToAction() {
        return "";
    }
}
""",
            "@T_slot@": """
final class @T_slot@ {
    interface Listener {
        void onAdLoaded(@T_creative@ ad);

        void onAdFailedToLoad(int code);
    }

    static void @m_load@(Listener listener) {
        String reply;
        try (Scanner in = new Scanner(new java.net.URL("https://@host@@p_slot@").openStream(), "UTF-8")) {
            reply = in.nextLine();
        } catch (IOException | NoSuchElementException cause) {
            listener.onAdFailedToLoad(3);
            return;
        }
        listener.onAdLoaded(new @T_creative@(reply, ""));
    }
}
""",
            "@T_screen@": """
public class @T_screen@ extends Activity implements @T_slot@.Listener {
    @Override
    protected void onStart() {
        super.onStart();
        @T_slot@.@m_load@(this);
    }

    @Override
    public void onAdLoaded(@T_creative@ ad) {
        String headline = ad.getHeadline();
        @decide(this|headline)@
    }

    @Override
    public void onAdFailedToLoad(int code) {
        setTitle("@k_none@");
    }
}
""",
        },
        manifest=activity(),
        permissions=("android.permission.INTERNET",),
        drive='Bench.reply("https://@host@@p_slot@", text);\nBench.open(@T_screen@.class);',
    ),
    origin="advertisement",
)

IDIOMS = (OWN_SDK,)
