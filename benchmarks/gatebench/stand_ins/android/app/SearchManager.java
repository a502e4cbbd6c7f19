package android.app;

public class SearchManager {
    public static final String QUERY = "query";
    public static final String USER_QUERY = "user_query";
}
