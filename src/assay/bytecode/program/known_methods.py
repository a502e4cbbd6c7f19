"""Methods of the platform behind which calls go on by name, by loading or in native code.

Source: Java Platform, Standard Edition, API (java.lang, java.lang.reflect, java.lang.invoke); Android API reference
(dalvik.system).
"""

REFLECTION: dict[bytes, tuple[bytes, ...]] = {
    b"Ljava/lang/Class;": (
        b"forName", b"newInstance", b"getMethod", b"getDeclaredMethod", b"getMethods", b"getDeclaredMethods",
        b"getConstructor", b"getDeclaredConstructor", b"getConstructors", b"getDeclaredConstructors", b"getField",
        b"getDeclaredField", b"getFields", b"getDeclaredFields",
    ),
    b"Ljava/lang/ClassLoader;": (b"loadClass", b"findClass"),
    b"Ljava/lang/reflect/Method;": (b"invoke",),
    b"Ljava/lang/reflect/Constructor;": (b"newInstance",),
    b"Ljava/lang/reflect/Field;": (b"get", b"set"),
    b"Ljava/lang/reflect/Proxy;": (b"newProxyInstance", b"getProxyClass"),
    b"Ljava/lang/invoke/MethodHandles$Lookup;": (
        b"findVirtual", b"findStatic", b"findConstructor", b"findSpecial", b"findGetter", b"findSetter",
        b"findStaticGetter", b"findStaticSetter", b"findVarHandle", b"findStaticVarHandle", b"unreflect",
        b"unreflectConstructor", b"unreflectSpecial", b"unreflectGetter", b"unreflectSetter",
    ),
    b"Ljava/util/ServiceLoader;": (b"load", b"loadInstalled"),
}  # fmt: skip
"""Class and names of methods that find or call members by name."""

LOADING: dict[bytes, tuple[bytes, ...]] = {
    b"Ldalvik/system/DexClassLoader;": (b"<init>",),
    b"Ldalvik/system/PathClassLoader;": (b"<init>",),
    b"Ldalvik/system/InMemoryDexClassLoader;": (b"<init>",),
    b"Ldalvik/system/DelegateLastClassLoader;": (b"<init>",),
    b"Ldalvik/system/BaseDexClassLoader;": (b"<init>",),
    b"Ldalvik/system/DexFile;": (b"<init>", b"loadDex", b"loadClass"),
    b"Ljava/lang/ClassLoader;": (b"defineClass",),
    b"Ljava/net/URLClassLoader;": (b"<init>", b"newInstance"),
}
"""Class and names of methods that bring further code into the program."""

NATIVE_LOADING: dict[bytes, tuple[bytes, ...]] = {
    b"Ljava/lang/System;": (b"load", b"loadLibrary"),
    b"Ljava/lang/Runtime;": (b"load", b"loadLibrary"),
}
"""Class and names of methods that load native libraries."""
