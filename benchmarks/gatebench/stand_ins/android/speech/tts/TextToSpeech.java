package android.speech.tts;

import android.content.Context;
import android.os.Bundle;
import org.example.bench.Bench;

public class TextToSpeech {
    public static final int QUEUE_FLUSH = 0;

    public interface OnInitListener {
        void onInit(int status);
    }

    public TextToSpeech(Context context, OnInitListener listener) {
    }

    public int speak(CharSequence text, int mode, Bundle extras, String id) {
        Bench.effect("speak", text);
        return 0;
    }
}
