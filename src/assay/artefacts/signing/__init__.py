"""Signatures of application packages: the JAR form (v1) and the APK Signing Block (v2, v3, v3.1), verified."""
