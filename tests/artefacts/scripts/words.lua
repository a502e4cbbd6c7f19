-- Source of the compiled chunks beside it; see README.md.
local host = "https://lua.example.test/list"
local words = { "first word", 'second\tword', "dritte Wörter", "第四词", [[a long
bracket]], 7, 2.5, true, nil }
words.key_of_table = "value of table"
local function check(text, limit)
  local function inner(value)
    return value == "inner constant" or limit == 123456789012
  end
  for index, word in ipairs(words) do
    if string.find(text, word, 1, true) then return inner(index) end
  end
  return "byte \255 and zero \0 inside"
end
local long = "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 " ..
  "a string of more than 255 bytes, so that formats with a short and a long form of lengths show both of them; " ..
  "abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz"
local whole = "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 a string of more than 255 bytes, so that formats with a short and a long form of lengths show both of them; abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz"
return check, host, long, whole
