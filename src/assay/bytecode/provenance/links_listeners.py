"""Which methods the interfaces of the platform declare that programs implement most, by descriptor.

Source: Java Platform, Standard Edition, API; Android API reference (android.view, android.os, android.content).
"""

import re

_METHODS: dict[bytes, tuple[bytes, ...]] = {
    b"Ljava/lang/Runnable;": (b"run",),
    b"Ljava/util/concurrent/Callable;": (b"call",),
    b"Ljava/util/Comparator;": (b"compare",),
    b"Ljava/lang/Comparable;": (b"compareTo",),
    b"Ljava/lang/Iterable;": (b"iterator", b"forEach", b"spliterator"),
    b"Ljava/util/Iterator;": (b"hasNext", b"next", b"remove", b"forEachRemaining"),
    b"Ljava/io/Closeable;": (b"close",),
    b"Ljava/lang/AutoCloseable;": (b"close",),
    b"Ljava/util/Observer;": (b"update",),
    b"Ljava/lang/reflect/InvocationHandler;": (b"invoke",),
    b"Landroid/os/Handler$Callback;": (b"handleMessage",),
    b"Landroid/text/TextWatcher;": (b"beforeTextChanged", b"onTextChanged", b"afterTextChanged"),
    b"Landroid/text/InputFilter;": (b"filter",),
    b"Landroid/content/ServiceConnection;": (
        b"onServiceConnected", b"onServiceDisconnected", b"onBindingDied", b"onNullBinding",
    ),
    b"Landroid/content/DialogInterface$OnClickListener;": (b"onClick",),
    b"Landroid/view/View$OnClickListener;": (b"onClick",),
    b"Landroid/view/View$OnLongClickListener;": (b"onLongClick", b"onLongClickUseDefaultHapticFeedback"),
    b"Landroid/view/View$OnTouchListener;": (b"onTouch",),
    b"Landroid/view/View$OnFocusChangeListener;": (b"onFocusChange",),
    b"Landroid/view/View$OnKeyListener;": (b"onKey",),
    b"Landroid/widget/AdapterView$OnItemClickListener;": (b"onItemClick",),
    b"Landroid/widget/TextView$OnEditorActionListener;": (b"onEditorAction",),
    b"Landroid/widget/CompoundButton$OnCheckedChangeListener;": (b"onCheckedChanged",),
}  # fmt: skip
_SERIALISED = (b"Ljava/io/Serializable;", b"Landroid/os/Parcelable;", b"Ljava/lang/Cloneable;")
_NAMED = re.compile(rb".*[/$]On(\w+)Listener;")


def declared(type_: bytes, name: bytes) -> bool | None:
    """Say whether a type declares a method of a name, None where that is not known."""
    if type_ in _METHODS:
        return name in _METHODS[type_]
    if type_ in _SERIALISED:
        return False
    found = _NAMED.fullmatch(type_)
    return name.startswith(b"on" + found.group(1)) or None if found else None
