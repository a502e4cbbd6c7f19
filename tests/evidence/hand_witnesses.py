"""Witnesses of specimens, written by hand from what dexdump prints of them."""

import hashlib
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

BUILT = Path(__file__).parents[1] / "specimens" / "built"
Trails = dict[str, list[dict[str, Any]]]


@cache
def dex_of(name: str) -> bytes:
    with zipfile.ZipFile(BUILT / f"{name}.apk") as archive:
        return archive.read("classes.dex")


def sha_of(name: str) -> str:
    return hashlib.sha256(dex_of(name)).hexdigest()


def _steps(name: str, package: str) -> Callable[..., dict[str, Any]]:
    def step(owner: str, method: str, code_offset: int, kind: str, **more: Any) -> dict[str, Any]:
        named = {"dex": sha_of(name), "class": f"L{package}{owner};", "method": method}
        return {**named, "code_offset": code_offset, "kind": kind, **more}

    return step


P = "Lorg/example/notes/"
S = "Ljava/lang/String;"
SAVE = f"<init>({P}NoteEditor;{S}{S})V"
CLICK = "onSaveClicked(Landroid/view/View;)V"
HIT = f"firstHit({S}){S}"
LOAD = "load(Landroid/content/Context;)Ljava/util/List;"
OF = f"of(Landroid/content/Context;){P}WordGuard;"
READ = f"read(Ljava/io/InputStream;){S}"
TOAST = "toast(Ljava/lang/CharSequence;)V"
LAMBDA = "lambda$toast$0$org-example-notes-NoteEditor(Ljava/lang/CharSequence;)V"
ACCESS = f"access$200({P}NoteEditor;Ljava/lang/CharSequence;)V"
CONTAINS = f"{S}->contains(Ljava/lang/CharSequence;)Z"
OPEN = "Landroid/content/Context;->openFileInput(Ljava/lang/String;)Ljava/io/FileInputStream;"
TO_LOWER = f"{S}->toLowerCase(Ljava/util/Locale;){S}"
TEXT = f"{P}NoteEditor$Save;->text:{S}"
WORDS = f"{P}WordGuard;->words:Ljava/util/List;"
ACCEPT = f"accept({S}Landroid/content/SharedPreferences;)V"
EDITOR = "Landroid/content/SharedPreferences$Editor;"
PREFERENCES = "Landroid/content/SharedPreferences;"
CREATE = "Landroid/content/Context;->openFileOutput(Ljava/lang/String;I)Ljava/io/FileOutputStream;"


def notes() -> Trails:
    """Typed text in a note, the list of a file, a message; the list from the network; the switch in a preference."""
    a = _steps("notes-g1", "org/example/notes/")
    run, get = (f"{P}WordGuard;->{HIT}", "Landroid/widget/EditText;->getText()Landroid/text/Editable;")
    text = [
        a("NoteEditor", CLICK, 0x0E, "source", reference=get, to=1),
        a("NoteEditor", CLICK, 0x12, "through", reference=f"Ljava/lang/Object;->toString(){S}", register=1, to=1),
        a("NoteEditor", CLICK, 0x16, "argument", reference=f"{P}NoteEditor$Save;->{SAVE}", register=1),
        a("NoteEditor$Save", SAVE, 0x07, "field-write", reference=TEXT, register=3),
        a("NoteEditor$Save", "run()V", 0x0E, "field-read", reference=TEXT, to=1),
        a("NoteEditor$Save", "run()V", 0x10, "argument", reference=run, register=1),
        a("WordGuard", HIT, 0x02, "through", reference=TO_LOWER, register=4, to=4),
        a("WordGuard", HIT, 0x18, "compare", reference=CONTAINS, register=4),
    ]
    array, json = "Lorg/json/JSONArray;", "Lorg/json/JSONObject;"
    loaded = [
        a("WordGuard", LOAD, 0x0D, "argument", reference=f"{P}GuardUpdater;->{READ}", register=5),
        a("GuardUpdater", READ, 0x09, "through", reference="Ljava/io/InputStream;->read([B)I", register=4, to=1),
        a("GuardUpdater", READ, 0x10, "through", reference="Ljava/io/ByteArrayOutputStream;->write([BII)V",
          register=1, to=0),
        a("GuardUpdater", READ, 0x16, "through", reference="Ljava/io/ByteArrayOutputStream;->toByteArray()[B",
          register=0, to=0),
        a("GuardUpdater", READ, 0x1C, "through", reference=f"{S}-><init>([BLjava/nio/charset/Charset;)V",
          register=0, to=4),
        a("GuardUpdater", READ, 0x1F, "return", register=4),
        a("WordGuard", LOAD, 0x0D, "result", reference=f"{P}GuardUpdater;->{READ}", to=2),
        a("WordGuard", LOAD, 0x11, "through", reference=f"{json}-><init>({S})V", register=2, to=1),
        a("WordGuard", LOAD, 0x16, "through", reference=f"{json}->getJSONArray({S}){array}", register=1, to=1),
        a("WordGuard", LOAD, 0x21, "through", reference=f"{array}->getString(I){S}", register=1, to=3),
        a("WordGuard", LOAD, 0x25, "through", reference=f"{S}->trim(){S}", register=3, to=3),
        a("WordGuard", LOAD, 0x2B, "through", reference=TO_LOWER, register=3, to=3),
        a("WordGuard", LOAD, 0x2F, "through", reference="Ljava/util/List;->add(Ljava/lang/Object;)Z", register=3, to=0),
        a("WordGuard", LOAD, 0x51, "return", register=0),
        a("WordGuard", OF, 0x06, "result", reference=f"{P}WordGuard;->{LOAD}", to=1),
        a("WordGuard", OF, 0x0A, "argument", reference=f"{P}WordGuard;-><init>(Ljava/util/List;)V", register=1),
        a("WordGuard", "<init>(Ljava/util/List;)V", 0x03, "field-write", reference=WORDS, register=1),
        a("WordGuard", HIT, 0x06, "field-read", reference=WORDS, to=0),
        a("WordGuard", HIT, 0x08, "through", reference="Ljava/util/List;->iterator()Ljava/util/Iterator;",
          register=0, to=0),
        a("WordGuard", HIT, 0x12, "through", reference="Ljava/util/Iterator;->next()Ljava/lang/Object;",
          register=0, to=1),
        a("WordGuard", HIT, 0x18, "compare", reference=CONTAINS, register=1),
    ]  # fmt: skip
    downloaded = [
        a("GuardUpdater", "pull()V", 0x4B, "source", to=2,
          reference="Ljava/net/HttpURLConnection;->getInputStream()Ljava/io/InputStream;"),
        a("GuardUpdater", "pull()V", 0x4F, "argument", reference=f"{P}GuardUpdater;->{READ}", register=2),
        *loaded[1:6],
        a("GuardUpdater", "pull()V", 0x4F, "result", reference=f"{P}GuardUpdater;->{READ}", to=2),
        a("GuardUpdater", "pull()V", 0x53, "argument", reference=f"{P}GuardUpdater;->{ACCEPT}", register=2),
        a("GuardUpdater", ACCEPT, 0x43, "argument", reference=f"{P}GuardUpdater;->store({S})V", register=5),
        a("GuardUpdater", f"store({S})V", 0x0B, "through", register=4, to=4,
          reference=f"{S}->getBytes(Ljava/nio/charset/Charset;)[B"),
        a("GuardUpdater", f"store({S})V", 0x0F, "through", register=4, to=0,
          reference="Ljava/io/FileOutputStream;->write([B)V"),
        a("GuardUpdater", f"store({S})V", 0x05, "object", to=0, reference=CREATE),
        a("GuardUpdater", f"store({S})V", 0x05, "store-write", register=0, reference=CREATE, store="file", origin=2),
        a("WordGuard", LOAD, 0x07, "store-read", to=5, reference=OPEN, store="file", origin=5),
        *loaded,
    ]  # fmt: skip
    outcome = [
        a("WordGuard", HIT, 0x18, "compare", reference=CONTAINS, to=2, outcome=1),
        a("WordGuard", HIT, 0x1C, "branch", register=2, side=0x1E),
        a("WordGuard", HIT, 0x1E, "return", register=1),
        a("NoteEditor$Save", "run()V", 0x10, "result", reference=run, to=0),
        a("NoteEditor$Save", "run()V", 0x14, "branch", register=0, side=0x16),
        a("NoteEditor$Save", "run()V", 0x4B, "call", reference=f"{P}NoteEditor;->{ACCESS}"),
        a("NoteEditor", ACCESS, 0x00, "call", reference=f"{P}NoteEditor;->{TOAST}"),
        a("NoteEditor", TOAST, 0x07, "callback", register=1, origin=2,
          reference="Landroid/os/Handler;->post(Ljava/lang/Runnable;)Z"),
        a("NoteEditor$$ExternalSyntheticLambda0", "run()V", 0x04, "call", reference=f"{P}NoteEditor;->{LAMBDA}"),
        a("NoteEditor", LAMBDA, 0x01, "consequence", reference="Landroid/widget/Toast;->makeText("
          "Landroid/content/Context;Ljava/lang/CharSequence;I)Landroid/widget/Toast;"),
    ]  # fmt: skip
    switch = [
        a("GuardUpdater", "pull()V", 0x4B, "source", to=2,
          reference="Ljava/net/HttpURLConnection;->getInputStream()Ljava/io/InputStream;"),
        *downloaded[1:9],
        a("GuardUpdater", ACCEPT, 0x02, "through", reference=f"{json}-><init>({S})V", register=5, to=0),
        a("GuardUpdater", ACCEPT, 0x0C, "through", reference=f"{json}->optBoolean({S}Z)Z", register=0, to=1),
        a("GuardUpdater", ACCEPT, 0x12, "store-write", register=1, store="preference", origin=0x10,
          reference=f"{EDITOR}->putBoolean({S}Z){EDITOR}"),
        a("GuardGate", "open(Landroid/content/Context;)Z", 0x10, "store-read", to=2, store="preference", origin=0x0E,
          reference=f"{PREFERENCES}->getBoolean({S}Z)Z"),
        a("GuardGate", "open(Landroid/content/Context;)Z", 0x14, "return", register=2),
        a("NoteEditor$Save", "run()V", 0x02, "result", to=0,
          reference=f"{P}GuardGate;->open(Landroid/content/Context;)Z"),
        a("NoteEditor$Save", "run()V", 0x06, "branch", register=0, side=0x08),
        a("NoteEditor$Save", "run()V", 0x10, "consequence", reference=run),
    ]  # fmt: skip
    return {"text": text, "list": downloaded, "outcome": outcome, "flow": switch}


D = "Lorg/example/dialer/"
PHRASES = f"{D}SpamPhrases;->phrases:Ljava/util/List;"


def dialer() -> Trails:
    """The body of a message, phrases that were put into a list behind its field, a message filed with unwanted ones."""
    a = _steps("dialer", "org/example/dialer/")
    phrases, matches, receive = "<init>(Landroid/content/Context;)V", f"matches({S})Z", (
        "onReceive(Landroid/content/Context;Landroid/content/Intent;)V")  # fmt: skip
    index, lists = f"{S}->indexOf({S})I", "Ljava/util/List;"
    text = [
        a(
            "SmsReceiver",
            receive,
            0x2B,
            "source",
            to=5,
            reference=f"Landroid/telephony/SmsMessage;->getMessageBody(){S}",
        ),
        a("SmsReceiver", receive, 0x2F, "argument", register=5, reference=f"{D}SpamPhrases;->{matches}"),
        a("SpamPhrases", matches, 0x02, "through", register=4, to=4, reference=TO_LOWER),
        a("SpamPhrases", matches, 0x18, "compare", register=4, reference=index),
    ]
    listed = [
        a("SpamPhrases", phrases, 0x0E, "constant", to=2, value=0x7F030000),
        a("SpamPhrases", phrases, 0x10, "through", register=2, to=1,
          reference=f"Landroid/content/res/Resources;->getStringArray(I)[{S}"),
        a("SpamPhrases", phrases, 0x14, "through", register=1, to=1,
          reference=f"Ljava/util/Arrays;->asList([Ljava/lang/Object;){lists}"),
        a("SpamPhrases", phrases, 0x18, "through", register=1, to=0,
          reference=f"{lists}->addAll(Ljava/util/Collection;)Z"),
        a("SpamPhrases", phrases, 0x08, "object", to=0, reference=PHRASES),
        a("SpamPhrases", matches, 0x10, "field-read", to=2, reference=PHRASES),
        a("SpamPhrases", matches, 0x12, "through", register=2, to=2, reference=f"{lists}->get(I)Ljava/lang/Object;"),
        a("SpamPhrases", matches, 0x18, "compare", register=2, reference=index),
    ]  # fmt: skip
    outcome = [
        a("SpamPhrases", matches, 0x18, "compare", to=2, outcome=0, reference=index),
        a("SpamPhrases", matches, 0x1C, "branch", register=2, side=0x1E),
        a("SpamPhrases", matches, 0x1F, "return", register=4),
        a("SmsReceiver", receive, 0x2F, "result", to=5, reference=f"{D}SpamPhrases;->{matches}"),
        a("SmsReceiver", receive, 0x33, "branch", register=5, side=0x35),
        a("SmsReceiver", receive, 0x35, "call",
          reference=f"{D}MessageFolders;->toSpam(Landroid/telephony/SmsMessage;)V"),
        a("MessageFolders", "toSpam(Landroid/telephony/SmsMessage;)V", 0x08, "consequence", reference="Landroid/"
          "content/ContentResolver;->insert(Landroid/net/Uri;Landroid/content/ContentValues;)Landroid/net/Uri;"),
    ]  # fmt: skip
    return {"text": text, "list": listed, "outcome": outcome}
