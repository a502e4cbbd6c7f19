"""Comparisons of digests with a list of digests."""

import hashlib

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.matchers_plain import EACH, USE, itself
from benchmarks.gatebench.idioms.writing import Template


def _md5(word: str) -> str:
    return hashlib.md5(word.encode(), usedforsecurity=False).hexdigest()


def _sha256(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


DIGEST = """
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class @T_match@ {
    private static final char[] @f_hex@ = "0123456789abcdef".toCharArray();

    static boolean @m_hit@(Collection<String> words, String text) {
        for (String token : text.toLowerCase(Locale.ROOT).split(" ")) {
            if (words.contains(@m_digest@(token))) {
                return true;
            }
        }
        return false;
    }

    private static String @m_digest@(String token) {
        try {
            byte[] sum = MessageDigest.getInstance("@algorithm@").digest(token.getBytes(StandardCharsets.UTF_8));
            StringBuilder out = new StringBuilder(sum.length * 2);
            for (byte one : sum) {
                out.append(@f_hex@[(one >> 4) & 15]).append(@f_hex@[one & 15]);
            }
            return out.toString();
        } catch (NoSuchAlgorithmException cause) {
            throw new AssertionError(cause);
        }
    }
}
"""

MD5 = Idiom(
    "matcher",
    "digest-md5",
    Template(sources={"@T_match@": DIGEST}, use=USE, parts=lambda _names, _wiring: {"algorithm": "MD5"}),
    takes=("List<String>", "Set<String>"),
    entry=_md5,
    tokens=True,
)

SHA256 = Idiom(
    "matcher",
    "digest-sha256-format",
    Template(
        sources={
            "@T_match@": """
import java.math.BigInteger;
import java.security.MessageDigest;

final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        String mine;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.trim().getBytes("UTF-8"));
            mine = String.format("%064x", new BigInteger(1, digest.digest()));
        } catch (Exception cause) {
            return false;
        }
        for (String word : words) {
            if (word.equalsIgnoreCase(mine)) {
                return true;
            }
        }
        return false;
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=EACH,
    sample=itself,
    entry=_sha256,
)

IDIOMS = (MD5, SHA256)
