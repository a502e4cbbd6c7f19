package org.example.carrier;

import android.app.Activity;
import android.media.MediaPlayer;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.util.Log;
import android.view.View;
import android.widget.TextView;
import java.io.File;
import java.io.IOException;

public class PlayerActivity extends Activity {
    private final Handler main = new Handler(Looper.getMainLooper());
    private final MediaPlayer player = new MediaPlayer();
    private MoodWords words;
    private int second;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.player);
        words = new MoodWords(this);
        player.setOnCompletionListener(new MediaPlayer.OnCompletionListener() {
            @Override
            public void onCompletion(MediaPlayer finished) {
                finished.reset();
            }
        });
        findViewById(R.id.toggle).setOnClickListener(new Toggle());
        main.post(new Tick());
    }

    @Override
    protected void onDestroy() {
        player.release();
        super.onDestroy();
    }

    private final class Toggle implements View.OnClickListener {
        @Override
        public void onClick(View button) {
            if (player.isPlaying()) {
                player.pause();
                return;
            }
            try {
                File track = new File(getFilesDir(), "track.ogg");
                player.setDataSource(track.getPath());
                player.prepare();
                player.start();
            } catch (IOException cause) {
                Log.w("PlayerActivity", "no track", cause);
            }
        }
    }

    private final class Tick implements Runnable {
        @Override
        public void run() {
            ((TextView) findViewById(R.id.mood)).setText(words.at(second++));
            main.postDelayed(this, 1000);
        }
    }
}
