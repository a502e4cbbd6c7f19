package android.media;

import java.io.IOException;

public class MediaPlayer {
    public interface OnCompletionListener {
        void onCompletion(MediaPlayer player);
    }

    public void setDataSource(String path) throws IOException { throw new RuntimeException("stub"); }
    public void prepare() throws IOException { throw new RuntimeException("stub"); }
    public void start() { throw new RuntimeException("stub"); }
    public void pause() { throw new RuntimeException("stub"); }
    public void reset() { throw new RuntimeException("stub"); }
    public void release() { throw new RuntimeException("stub"); }
    public boolean isPlaying() { throw new RuntimeException("stub"); }
    public void setOnCompletionListener(OnCompletionListener listener) { throw new RuntimeException("stub"); }
}
