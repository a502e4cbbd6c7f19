"""The system calls that a worker may make: numbers for x86-64 and AArch64, and conditions on arguments.

What is not listed is refused: sockets, programs, processes, other processes' memory, modes, owners, links, mounts,
keys, modules, tracing, io_uring and whatever a later kernel adds; removing and renaming, because what is open and has
no name would be in no quota; space on disk ahead of its content.
Source: Linux, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
"""

import msgspec

X86_64, AARCH64 = 0xC000003E, 0xC00000B7
"""AUDIT_ARCH_* (include/uapi/linux/audit.h)."""
NEWEST = 424
"""Calls from here on are numbered alike everywhere; C libraries do without them when told that they are not there."""

_PLAIN = """
read 0 63 write 1 64 close 3 57 stat 4 - fstat 5 80 lstat 6 - poll 7 - lseek 8 62 mprotect 10 226 munmap 11 215
brk 12 214 rt_sigaction 13 134 rt_sigprocmask 14 135 rt_sigreturn 15 139 pread64 17 67 pwrite64 18 68 readv 19 65
writev 20 66 access 21 - pipe 22 - select 23 - sched_yield 24 124 mremap 25 216 msync 26 227 mincore 27 232
madvise 28 233 dup 32 23 dup2 33 - nanosleep 35 101 getpid 39 172 sendfile 40 71 exit 60 93 uname 63 160
fsync 74 82 fdatasync 75 83 ftruncate 77 46 getdents 78 - getcwd 79 17 readlink 89 -
umask 95 166 gettimeofday 96 169 getrlimit 97 163 getrusage 98 165 sysinfo 99 179 times 100 153 getuid 102 174
getgid 104 176 geteuid 107 175 getegid 108 177 getppid 110 173 rt_sigpending 127 136 rt_sigtimedwait 128 137
rt_sigsuspend 130 133 sigaltstack 131 132 sched_getparam 143 121 sched_getscheduler 145 120
sched_get_priority_max 146 125 sched_get_priority_min 147 126 arch_prctl 158 - gettid 186 178 time 201 - futex 202 98
sched_getaffinity 204 123 getdents64 217 61 set_tid_address 218 96 restart_syscall 219 128 fadvise64 221 223
clock_gettime 228 113 clock_getres 229 114 clock_nanosleep 230 115 exit_group 231 94 newfstatat 262 79
readlinkat 267 78 faccessat 269 48 pselect6 270 72 ppoll 271 73 set_robust_list 273 99
eventfd2 290 19 dup3 292 24 pipe2 293 59 preadv 295 69 pwritev 296 70 getcpu 309 168
getrandom 318 278 membarrier 324 283 copy_file_range 326 285 preadv2 327 286 pwritev2 328 287 statx 332 291 rseq 334 293
close_range 436 436 faccessat2 439 439
"""
"""Name, number on x86-64, number on AArch64 of the calls that are let through as they are."""

O_ACCMODE, O_TRUNC, O_TMPFILE = 0o3, 0o1000, 0o20000000
UNSEEN = (
    O_TRUNC,
    *(O_TMPFILE | truncating | mode for truncating in (0, O_TRUNC) for mode in range(O_ACCMODE + 1)),
)
"""Opening that truncates what it only reads, or makes a file without a name, which would be in no quota."""
MAP_TYPE, MAP_ANONYMOUS, MAP_GROWSDOWN = 0x0F, 0x20, 0x100
MAP_SHARED, MAP_VALIDATED = 0x01, 0x03
UNCOUNTED = (
    MAP_SHARED | MAP_ANONYMOUS,
    MAP_VALIDATED | MAP_ANONYMOUS,
    *(MAP_GROWSDOWN | anonymous | kind for anonymous in (0, MAP_ANONYMOUS) for kind in range(MAP_TYPE + 1)),
)
"""Memory that the limit of private memory does not count: shared with nobody, and what the kernel takes for a stack."""
CLONE_THREAD = 0x0001_0000
CLONE_NAMESPACES = 0x7E02_0000
OWN_PROCESS = -1
"""Stands for the number of the process that takes the filter."""


class Condition(msgspec.Struct, frozen=True):
    """A call that is let through only where an argument, masked, is one of `values` – or none of them (`inverse`).

    The kernel takes the lower half of such arguments; of one that is `wide`, a pointer, the upper half must be zero.
    """

    name: str
    numbers: tuple[int | None, int | None]
    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFF_FFFF
    inverse: bool = False
    wide: bool = False


CONDITIONS = (
    Condition("open", (2, None), 1, UNSEEN, O_ACCMODE | O_TRUNC | O_TMPFILE, inverse=True),
    Condition("openat", (257, 56), 2, UNSEEN, O_ACCMODE | O_TRUNC | O_TMPFILE, inverse=True),
    Condition(
        "mmap",
        (9, 222),
        3,
        UNCOUNTED,
        MAP_TYPE | MAP_ANONYMOUS | MAP_GROWSDOWN,
        inverse=True,
    ),
    Condition("clone", (56, 220), 0, (CLONE_THREAD,), CLONE_THREAD | CLONE_NAMESPACES),
    Condition("kill", (62, 129), 0, (OWN_PROCESS,)),
    Condition("tgkill", (234, 131), 0, (OWN_PROCESS,)),
    Condition("prlimit64", (302, 261), 2, (0,), wide=True),
    Condition("fcntl", (72, 25), 1, (0, 1, 2, 3, 4, 1030)),
    Condition("ioctl", (16, 29), 1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    Condition("prctl", (157, 167), 0, (15, 16, 0x53564D41)),
)
"""open: nothing is truncated by reading it, nothing has no name. mmap: memory counts. clone: threads.

prlimit64: limits are read, never set; a privileged process could raise its own.
fcntl: descriptors' duplicates and flags. ioctl: TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX. prctl: names.
"""


def plain(architecture: int) -> tuple[int, ...]:
    """Return the numbers of the calls that are let through as they are, sorted."""
    return tuple(sorted(numbers(architecture).values()))


def numbers(architecture: int) -> dict[str, int]:
    """Return the calls that are let through as they are, by name."""
    words = _PLAIN.split()
    column = 1 if architecture == X86_64 else 2
    rows = (words[at : at + 3] for at in range(0, len(words), 3))
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def conditional(architecture: int) -> dict[int, Condition]:
    """Return the conditions by the numbers of their calls."""
    column = 0 if architecture == X86_64 else 1
    return {number: one for one in CONDITIONS if (number := one.numbers[column]) is not None}
