package com.google.gson;

public class JsonSyntaxException extends RuntimeException {
    public JsonSyntaxException(Throwable cause) {
        super(cause);
    }
}
