package android.app;

import android.content.Context;
import android.content.DialogInterface;
import android.view.View;

public class AlertDialog extends Dialog {
    protected AlertDialog(Context context) {
        super(context);
    }

    public void setMessage(CharSequence message) {
        shown.append(message).append(' ');
    }

    public static class Builder {
        private final Context context;
        private final AlertDialog made;

        public Builder(Context context) {
            this.context = context;
            this.made = new AlertDialog(context);
        }

        public Builder setTitle(CharSequence title) {
            made.setTitle(title);
            return this;
        }

        public Builder setTitle(int title) {
            return setTitle(context.getString(title));
        }

        public Builder setMessage(CharSequence message) {
            made.setMessage(message);
            return this;
        }

        public Builder setMessage(int message) {
            return setMessage(context.getString(message));
        }

        public Builder setPositiveButton(CharSequence label, DialogInterface.OnClickListener listener) {
            return this;
        }

        public Builder setPositiveButton(int label, DialogInterface.OnClickListener listener) {
            return this;
        }

        public Builder setNegativeButton(CharSequence label, DialogInterface.OnClickListener listener) {
            return this;
        }

        public Builder setCancelable(boolean value) {
            return this;
        }

        public Builder setView(View view) {
            return this;
        }

        public AlertDialog create() {
            return made;
        }

        public AlertDialog show() {
            made.show();
            return made;
        }
    }
}
