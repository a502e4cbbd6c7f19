// libguard.so of the specimen: one entry point that always answers "no".
// Java: static native boolean org.example.notes.NativeGuard.check(String)
    .text
    .global Java_org_example_notes_NativeGuard_check
    .type Java_org_example_notes_NativeGuard_check, %function
Java_org_example_notes_NativeGuard_check:
    mov w0, #0
    ret
    .size Java_org_example_notes_NativeGuard_check, . - Java_org_example_notes_NativeGuard_check
