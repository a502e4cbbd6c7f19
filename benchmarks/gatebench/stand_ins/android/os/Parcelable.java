package android.os;

public interface Parcelable {
    int describeContents();
}
