"""The recorded run t1 on Specimen East: one control text saved, one canary text refused."""

from tests.specimens.evidence.words import CANARY

CONTROL_TEXT = "garden picnic at noon"
CANARY_TEXT = f"meet at the {CANARY}"
REFUSED = "此内容无法保存"
FOLDER = "east/trial-t1"

MANIFEST = f"""schema = "assay-trial/1"
id = "t1"
package = "org.example.notes"
profile = "cn"
started = "2021-09-23T02:10:00Z"
ended = "2021-09-23T02:14:30Z"
operator = "Example Laboratory, operator 2"
configuration_server = "the laboratory's own server answered version 20210914 with on=true, force=false"
question = "Does the note editor save a note that holds an entry of its list, as it saves one that does not?"

[[step]]
n = 1
role = "setup"
action = "open the list of notes after the list was pulled"
input = ""
outcome = "none"
screen = "screen-1.txt"
log = "log-1.txt"
at = "2021-09-23T02:10:20Z"

[[step]]
n = 2
role = "control"
action = "type a note, press save, go back to the list of notes"
input = "{CONTROL_TEXT}"
outcome = "accepted"
screen = "screen-2.txt"
log = "log-2.txt"
at = "2021-09-23T02:12:05Z"

[[step]]
n = 3
role = "canary"
action = "type a note, press save, go back to the list of notes"
input = "{CANARY_TEXT}"
outcome = "refused"
screen = "screen-3.txt"
log = "log-3.txt"
at = "2021-09-23T02:13:40Z"
"""

LIST_SCREEN = """window: org.example.notes/.NoteListActivity
title: 笔记
"""
SCREENS = {
    "screen-1.txt": f"{LIST_SCREEN}notes: (empty)\nbutton: 新建笔记\n",
    "screen-2.txt": f"toast: 已保存\n{LIST_SCREEN}note: {CONTROL_TEXT}\nbutton: 新建笔记\n",
    "screen-3.txt": f"toast: {REFUSED}: {CANARY.lower()}\n{LIST_SCREEN}note: {CONTROL_TEXT}\nbutton: 新建笔记\n",
}
LOGS = {
    "log-1.txt": """\
09-23 10:10:12.004  1402  1420 I ActivityTaskManager: START {cmp=org.example.notes/.NoteListActivity}
09-23 10:10:12.911  4211  4211 I NoteStore: starting empty
09-23 10:10:20.020  4211  4239 I ViewRootImpl: window gained focus
""",
    "log-2.txt": """09-23 10:11:58.310  1402  1420 I ActivityTaskManager: START {cmp=org.example.notes/.NoteEditor}
09-23 10:12:04.870  4211  4244 I NoteEditor: saved
09-23 10:12:05.300  4211  4211 I ViewRootImpl: window gained focus
""",
    "log-3.txt": f"""09-23 10:13:22.100  1402  1420 I ActivityTaskManager: START {{cmp=org.example.notes/.NoteEditor}}
09-23 10:13:39.115  4211  4244 I NoteEditor: refused: {CANARY.lower()}
09-23 10:13:40.002  4211  4211 I ViewRootImpl: window gained focus
""",
}


def files() -> dict[str, bytes]:
    texts = {"trial.toml": MANIFEST} | SCREENS | LOGS
    return {f"{FOLDER}/{name}": text.encode() for name, text in texts.items()}
