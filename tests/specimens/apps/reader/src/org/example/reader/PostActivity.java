package org.example.reader;

import android.app.Activity;
import android.content.pm.PackageManager;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import android.os.Environment;
import android.util.Log;
import android.view.View;
import android.widget.EditText;
import android.widget.Toast;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Posts what the user types, unless a word of a list that another app hands over stands in it. */
public class PostActivity extends Activity {
    private EditText text;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.post);
        text = (EditText) findViewById(R.id.text);
    }

    public void onWordsClicked(View button) {
        String typed = text.getText().toString();
        for (String word : rows("content://org.example.keeper.terms/words")) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    public void onSeasonsClicked(View button) {
        String typed = text.getText().toString();
        for (String word : rows("content://org.example.keeper.terms/seasons")) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    public void onLabelsClicked(View button) {
        String typed = text.getText().toString();
        for (String word : rows("content://org.example.keeper.labels/all")) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    public void onAbsentClicked(View button) {
        String typed = text.getText().toString();
        for (String word : rows("content://org.example.absent.terms/words")) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    public void onStreamClicked(View button) {
        String typed = text.getText().toString();
        for (String word : streamed()) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    public void onSharedClicked(View button) {
        String typed = text.getText().toString();
        for (String word : shared()) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    public void onAssetClicked(View button) {
        String typed = text.getText().toString();
        for (String word : asset()) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    public void onSentClicked(View button) {
        String typed = text.getText().toString();
        for (String word : TermsReceiver.received) {
            if (typed.contains(word)) {
                refuse();
                return;
            }
        }
        post(typed);
    }

    private List<String> rows(String address) {
        List<String> words = new ArrayList<>();
        Cursor rows = getContentResolver().query(Uri.parse(address), null, null, null, null);
        while (rows.moveToNext()) {
            words.add(rows.getString(0));
        }
        rows.close();
        return words;
    }

    private List<String> streamed() {
        try (InputStream in = getContentResolver().openInputStream(Uri.parse("content://org.example.keeper.terms/file"))) {
            return lines(in);
        } catch (IOException cause) {
            return new ArrayList<>();
        }
    }

    private List<String> shared() {
        File file = new File(Environment.getExternalStorageDirectory(), "keeper/terms.json");
        try (InputStream in = new FileInputStream(file)) {
            return lines(in);
        } catch (IOException cause) {
            return new ArrayList<>();
        }
    }

    private List<String> asset() {
        try (InputStream in = createPackageContext("org.example.keeper", 0).getAssets().open("seasonal.txt")) {
            return lines(in);
        } catch (IOException | PackageManager.NameNotFoundException cause) {
            return new ArrayList<>();
        }
    }

    private static List<String> lines(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private void refuse() {
        Toast.makeText(this, getString(R.string.refused), Toast.LENGTH_LONG).show();
    }

    private void post(String typed) {
        try (FileOutputStream out = openFileOutput("posts.txt", MODE_PRIVATE)) {
            out.write(typed.getBytes(StandardCharsets.UTF_8));
        } catch (IOException cause) {
            Log.w("PostActivity", "not posted", cause);
        }
    }
}
