package com.google.protobuf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

public final class CodedInputStream {
    private final byte[] data;
    private int at;

    private CodedInputStream(byte[] data) {
        this.data = data;
    }

    public static CodedInputStream newInstance(byte[] data) {
        return new CodedInputStream(data);
    }

    public int readTag() throws IOException {
        return at == data.length ? 0 : readInt32();
    }

    public int readInt32() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            if (at == data.length) {
                throw new EOFException();
            }
            byte one = data[at++];
            value |= (one & 0x7f) << shift;
            if (one >= 0) {
                return value;
            }
        }
        throw new IOException("varint");
    }

    public String readStringRequireUtf8() throws IOException {
        int length = readInt32();
        if (length < 0 || length > data.length - at) {
            throw new EOFException();
        }
        String text = new String(data, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public String readString() throws IOException {
        return readStringRequireUtf8();
    }

    public boolean readBool() throws IOException {
        return readInt32() != 0;
    }

    public boolean skipField(int tag) throws IOException {
        switch (tag & 7) {
            case 0:
                readInt32();
                return true;
            case 2:
                readString();
                return true;
            default:
                return false;
        }
    }
}
