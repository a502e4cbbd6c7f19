// Source of the compiled bundles beside it; see README.md.
var host = "https://hermes.example.test/list";
var words = ["first word", "second\tword", "dritte Wörter", "第四词", "smile 😀"];
function check(text, limit) {
  var inner = function (value) { return value === "inner constant" || limit === 42; };
  for (var index = 0; index < words.length; index++) {
    if (text.indexOf(words[index]) >= 0) return inner(index);
  }
  return { keyOfObject: "value of object" };
}
var whole = "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 a string of more than 255 bytes, so that the table of longer strings is needed for it as well as the short one; abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz";
print(check(host, whole));
