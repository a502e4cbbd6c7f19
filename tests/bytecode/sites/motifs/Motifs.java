package org.example.motifs;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Comparisons of text, one a method. The comments say what a scan is to find; tests hold it against them. */
final class Motifs {
    private final String[] words;
    private final List<String> list;
    private final Set<Long> hashes = new HashSet<>();
    private final int[] states = new int[4096];
    private final Node root = new Node();
    private static final Pattern ONE = Pattern.compile("[a-z|]+");
    private static final Pattern MANY = Pattern.compile("red|green|blue|white");
    private static Pattern changed = Pattern.compile("red|green|blue|white");

    Motifs(String[] words, List<String> list) {
        this.words = words;
        this.list = list;
    }

    static final class Node {
        final Map<Character, Node> children = new HashMap<>();
        final Node[] edges = new Node[128];
        boolean last;
    }

    // substring contains, kept
    boolean arrayLoop(String text) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    // substring index-of, kept
    boolean listLoop(String text) {
        for (int at = 0; at < list.size(); at++) {
            if (text.toLowerCase(Locale.ROOT).indexOf(list.get(at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    // whole equals, kept, the list is the receiver
    boolean turned(String text) {
        Iterator<String> each = list.iterator();
        while (each.hasNext()) {
            if (each.next().equals(text)) {
                return true;
            }
        }
        return false;
    }

    // substring contains, kept: helper is called in a loop
    boolean through(String text) {
        for (String word : words) {
            if (helper(text, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean helper(String text, String word) {
        return text.contains(word);
    }

    // substring contains, left out: no list
    static boolean twoVariables(String text, String query, int unused) {
        return text.contains(query);
    }

    // whole equals, left out: one constant
    static boolean gate(String market) {
        return "CN".equals(market);
    }

    // whole equals, kept once; all others are its chain
    static boolean chain(String text) {
        return text.equals("red") || text.equals("green") || text.equals("blue") || text.equals("white");
    }

    // switch string-switch, kept once; all others are its chain
    static int cases(String text) {
        switch (text) {
            case "red":
                return 1;
            case "green":
                return 2;
            case "blue":
                return 3;
            case "white":
                return 4;
            case "black":
                return 5;
            default:
                return 0;
        }
    }

    // whole equals, left out: three constants are no chain
    static boolean shortChain(String text) {
        return text.equals("red") || text.equals("green") || text.equals("blue");
    }

    // substring contains, left out: the result decides nothing
    void unused(String text) {
        for (String word : words) {
            text.contains(word);
        }
    }

    // collection contains-member, kept
    static boolean member(Set<String> set, String text) {
        return set.contains(text.trim());
    }

    // collection contains-member, left out: not text
    static boolean number(Set<Integer> set, Integer value) {
        return set.contains(value);
    }

    // collection contains-member, left out: one constant
    static boolean flag(Set<String> set) {
        return set.contains("beta");
    }

    // collection disjoint, kept
    static boolean disjoint(Collection<String> tokens, Collection<String> list) {
        return !Collections.disjoint(tokens, list);
    }

    // collection contains-member, kept
    static boolean search(String[] sorted, String text) {
        return Arrays.binarySearch(sorted, text) >= 0;
    }

    // substring index-of, left out: a character is no text
    static boolean character(String text) {
        return text.indexOf('x') >= 0;
    }

    // regex find-regex, left out: one constant
    static boolean onePattern(String text) {
        return ONE.matcher(text).find();
    }

    // regex find-regex, kept
    static boolean manyPattern(String text) {
        return MANY.matcher(text).find();
    }

    // regex find-regex, kept: written twice
    static boolean changedPattern(String text) {
        return changed.matcher(text).find();
    }

    static void change(String pattern) {
        changed = Pattern.compile(pattern);
    }

    // regex matches-regex, kept
    boolean patternEach(String text) {
        for (String word : words) {
            if (Pattern.matches(".*" + Pattern.quote(word) + ".*", text)) {
                return true;
            }
        }
        return false;
    }

    // whole replace-and-compare, kept
    static boolean replaced(String text, String word) {
        return !text.replace(word, "").equals(text);
    }

    // digest equals-bytes, left out: no list
    static boolean digest(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    // characters character-loop, kept
    static int naive(String text, String word) {
        for (int from = 0; from + word.length() <= text.length(); from++) {
            int at = 0;
            while (at < word.length() && text.charAt(from + at) == word.charAt(at)) {
                at++;
            }
            if (at == word.length()) {
                return from;
            }
        }
        return -1;
    }

    // characters character-loop, kept
    boolean arrays(String text) {
        char[] letters = text.toCharArray();
        for (String word : words) {
            char[] wanted = word.toCharArray();
            int run = 0;
            for (int at = 0; at < letters.length; at++) {
                if (letters[at] == wanted[run]) {
                    run++;
                    if (run == wanted.length) {
                        return true;
                    }
                } else {
                    run = 0;
                }
            }
        }
        return false;
    }

    // characters character-loop, kept
    static int constantTime(String one, String other) {
        int different = one.length() ^ other.length();
        for (int at = 0; at < one.length() && at < other.length(); at++) {
            different |= one.charAt(at) ^ other.charAt(at);
        }
        return different;
    }

    // nothing: one text against itself
    static boolean palindrome(String text) {
        for (int at = 0; at < text.length() / 2; at++) {
            if (text.charAt(at) != text.charAt(text.length() - 1 - at)) {
                return false;
            }
        }
        return true;
    }

    // nothing: characters against constants
    static int vowels(String text) {
        int found = 0;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == 'a' || text.charAt(at) == 'e') {
                found++;
            }
        }
        return found;
    }

    // trie trie-step, kept
    boolean trie(String text) {
        Node node = root;
        for (int at = 0; at < text.length(); at++) {
            node = node.children.get(text.charAt(at));
            if (node == null) {
                return false;
            }
        }
        return node.last;
    }

    // trie trie-step, kept
    boolean edges(String text) {
        Node node = root;
        for (int at = 0; node != null && at < text.length(); at++) {
            node = node.edges[text.charAt(at) & 127];
        }
        return node != null && node.last;
    }

    // automaton automaton-step, kept
    boolean automaton(String text) {
        int state = 0;
        for (int at = 0; at < text.length(); at++) {
            state = states[state * 64 + (text.charAt(at) & 63)];
            if (state < 0) {
                return true;
            }
        }
        return false;
    }

    // nothing: a table of characters without a state
    int translated(String text) {
        int sum = 0;
        for (int at = 0; at < text.length(); at++) {
            sum += states[text.charAt(at) & 63];
        }
        return sum;
    }

    // nothing: a text that is put together
    static String copied(String text) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            out = out.append(text.charAt(at));
        }
        return out.toString();
    }

    // hashes contains-hash, kept
    boolean rolling(String text) {
        long hash = 7;
        for (int at = 0; at < text.length(); at++) {
            hash = hash * 31 + text.charAt(at);
            if (hashes.contains(hash)) {
                return true;
            }
        }
        return false;
    }

    native boolean check(String text);

    // native native-call, kept
    boolean asked(String text) {
        return check(text);
    }

    // whole equals, left out: equality of objects
    @Override
    public boolean equals(Object other) {
        return other instanceof Motifs && Objects.equals(((Motifs) other).list, list);
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
