package com.squareup.moshi;

import java.io.IOException;

public abstract class JsonAdapter<T> {
    public abstract T fromJson(String text) throws IOException;
}
