"""Elements of a manifest that several idioms declare."""


def activity(*actions: str, name: str = "@T_screen@", more: str = "") -> tuple[str, ...]:
    """Return an activity that answers to the actions (by default it stands in the launcher)."""
    category = "DEFAULT" if actions else "LAUNCHER"
    named = "".join(f'<action android:name="{action}" />' for action in actions or ("android.intent.action.MAIN",))
    element = (
        f'<activity android:name=".{name}" android:exported="true"><intent-filter>{named}'
        f'<category android:name="android.intent.category.{category}" />{more}</intent-filter></activity>'
    )
    return (element,)


def receiver(*actions: str, name: str = "@T_screen@", more: str = "") -> tuple[str, ...]:
    """Return a receiver of the actions."""
    named = "".join(f'<action android:name="{action}" />' for action in actions)
    element = (
        f'<receiver android:name=".{name}" android:exported="true"><intent-filter>{named}{more}'
        "</intent-filter></receiver>"
    )
    return (element,)


def service(*actions: str, name: str = "@T_screen@", permission: str = "") -> tuple[str, ...]:
    """Return a service that answers to the actions."""
    if not actions:
        return (f'<service android:name=".{name}" android:exported="false" />',)
    named = "".join(f'<action android:name="{action}" />' for action in actions)
    held = f' android:permission="{permission}"' if permission else ""
    element = (
        f'<service android:name=".{name}" android:exported="true"{held}><intent-filter>{named}'
        "</intent-filter></service>"
    )
    return (element,)


def messaging(name: str = "@T_screen@") -> tuple[str, ...]:
    """Return the service that takes push messages."""
    action = '<action android:name="com.google.firebase.MESSAGING_EVENT" />'
    return (
        f'<service android:name=".{name}" android:exported="false"><intent-filter>{action}</intent-filter></service>',
    )
