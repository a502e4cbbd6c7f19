package android.provider;

import android.net.Uri;

public final class ContactsContract {
    public static class Contacts implements BaseColumns {
        public static final Uri CONTENT_URI = Uri.parse("content://com.android.contacts/contacts");
        public static final String DISPLAY_NAME = "display_name";
    }

    public static final class CommonDataKinds {
        public static final class Phone implements BaseColumns {
            public static final Uri CONTENT_URI = Uri.parse("content://com.android.contacts/data/phones");
            public static final String DISPLAY_NAME = "display_name";
            public static final String NUMBER = "data1";
        }
    }
}
