#include "text/source_encoding.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace fraglint {

namespace {

/// Length of the part of `bytes` that is plain ASCII, eight bytes at a time.
size_t asciiPrefix(llvm::StringRef bytes) {
  size_t at = 0;
  for (; at + sizeof(uint64_t) <= bytes.size(); at += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + at, sizeof(word));
    if (word & 0x8080808080808080u)
      break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80u)
    ++at;
  return at;
}

bool isBlankOrCommentLine(llvm::StringRef line) {
  line = line.ltrim(" \t\f");
  return line.empty() || line.front() == '#';
}

bool isNameByte(char byte) {
  return llvm::isAlnum(byte) || byte == '_' || byte == '-' || byte == '.';
}

/// What the comment that is alone on `line` declares: `coding[:=]\s*([-\w.]+)`.
std::optional<llvm::StringRef> encodingNamedOn(llvm::StringRef line) {
  line = line.ltrim(" \t\f");
  if (!line.starts_with("#"))
    return std::nullopt;
  for (size_t at = line.find("coding"); at != llvm::StringRef::npos;
       at = line.find("coding", at + 1)) {
    llvm::StringRef rest = line.substr(at + 6);
    if (!rest.consume_front(":") && !rest.consume_front("="))
      continue;
    llvm::StringRef name = rest.ltrim(" \t").take_while(isNameByte);
    if (!name.empty())
      return name;
  }
  return std::nullopt;
}

/// Takes the first line off `bytes`, with its end.
llvm::StringRef takeLine(llvm::StringRef &bytes) {
  size_t length = bytes.find_first_of("\r\n");
  llvm::StringRef line = bytes.take_front(length);
  bytes = bytes.drop_front(line.size());
  if (!bytes.consume_front("\r\n"))
    bytes = bytes.drop_front(bytes.empty() ? 0 : 1);
  return line;
}

/// Whether `name` is `full` or `full` with something after a hyphen, as in `utf-8-unix`.
bool isOrExtends(llvm::StringRef name, llvm::StringRef full) {
  return name.consume_front(full) && (name.empty() || name.front() == '-');
}

/// Python's own names and aliases, compared as Python does: case and `_` do not matter.
std::optional<SourceEncoding> encodingByName(llvm::StringRef name) {
  std::string normal = name.lower();
  std::replace(normal.begin(), normal.end(), '_', '-');
  auto isOneOf = [&](std::initializer_list<llvm::StringRef> names) {
    return llvm::is_contained(names, llvm::StringRef(normal));
  };
  if (isOrExtends(normal, "utf-8") || isOneOf({"utf8", "u8", "utf", "cp65001"}))
    return SourceEncoding::Utf8;
  if (isOrExtends(normal, "latin-1") || isOrExtends(normal, "iso-8859-1") ||
      isOrExtends(normal, "iso-latin-1") ||
      isOneOf({"latin1", "latin", "l1", "8859", "cp819", "iso8859-1", "iso8859"}))
    return SourceEncoding::Latin1;
  if (isOneOf({"ascii", "us-ascii", "us", "646", "ansi-x3.4-1968"}))
    return SourceEncoding::Ascii;
  return std::nullopt;
}

std::string hexByte(char byte) {
  return "0x" + llvm::utohexstr(static_cast<unsigned char>(byte), /*LowerCase=*/false, /*Width=*/2);
}

llvm::Error undecodable(llvm::StringRef bytes, size_t at, uint64_t fileOffset,
                        llvm::StringRef encoding) {
  std::string byte = hexByte(bytes[at]);
  return llvm::createStringError(
      "byte %llu of the file (%s) is not valid %s: save the file as UTF-8",
      static_cast<unsigned long long>(fileOffset + at), byte.c_str(), encoding.data());
}

/// Offset of the first byte that is not strict UTF-8, or npos.
size_t firstBadUtf8(llvm::StringRef bytes) {
  size_t start = asciiPrefix(bytes);
  const auto *at = reinterpret_cast<const llvm::UTF8 *>(bytes.data() + start);
  const auto *end = reinterpret_cast<const llvm::UTF8 *>(bytes.data() + bytes.size());
  if (llvm::isLegalUTF8String(&at, end))
    return llvm::StringRef::npos;
  return bytes.size() - static_cast<size_t>(end - at);
}

std::string latin1ToUtf8(llvm::StringRef bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (char byte : bytes) {
    auto code = static_cast<unsigned char>(byte);
    if (code < 0x80u) {
      text += byte;
    } else {
      text += static_cast<char>(0xC0u | (code >> 6));
      text += static_cast<char>(0x80u | (code & 0x3Fu));
    }
  }
  return text;
}

llvm::Error doesNotExist(llvm::StringRef text, size_t at, llvm::StringRef encoding) {
  const auto *source = reinterpret_cast<const llvm::UTF8 *>(text.data() + at);
  const auto *end = reinterpret_cast<const llvm::UTF8 *>(text.data() + text.size());
  llvm::UTF32 code = 0;
  if (llvm::convertUTF8Sequence(&source, end, &code, llvm::strictConversion) != llvm::conversionOK)
    return llvm::createStringError("the new text is not valid UTF-8 at byte %zu", at);
  return llvm::createStringError("the character U+%04X does not exist in the file's encoding, %s",
                                 code, encoding.data());
}

llvm::Expected<std::string> utf8ToLatin1(llvm::StringRef text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80u) {
      bytes += text[at];
      continue;
    }
    bool fits = (lead == 0xC2u || lead == 0xC3u) && at + 1 < text.size();
    if (!fits)
      return doesNotExist(text, at, "latin-1");
    bytes += static_cast<char>(((lead & 0x03u) << 6) | (text[++at] & 0x3F));
  }
  return bytes;
}

} // namespace

llvm::Expected<SourceEncoding> declaredEncoding(llvm::StringRef bytes, bool hasMark) {
  llvm::StringRef first = takeLine(bytes);
  std::optional<llvm::StringRef> name = encodingNamedOn(first);
  if (!name && isBlankOrCommentLine(first))
    name = encodingNamedOn(takeLine(bytes));
  if (!name)
    return SourceEncoding::Utf8;
  std::optional<SourceEncoding> encoding = encodingByName(*name);
  std::string printed = name->str();
  if (!encoding)
    return llvm::createStringError("the file says that its encoding is \"%s\", which is not known "
                                   "here: save it as UTF-8 and remove that comment",
                                   printed.c_str());
  if (hasMark && *encoding != SourceEncoding::Utf8)
    return llvm::createStringError("the file starts with the byte order mark of UTF-8 but says "
                                   "that its encoding is \"%s\": remove that comment",
                                   printed.c_str());
  return *encoding;
}

llvm::Expected<std::string> toUtf8(llvm::StringRef bytes, SourceEncoding encoding,
                                   uint64_t fileOffset) {
  if (encoding == SourceEncoding::Latin1)
    return latin1ToUtf8(bytes);
  bool isAscii = encoding == SourceEncoding::Ascii;
  size_t bad = isAscii ? asciiPrefix(bytes) : firstBadUtf8(bytes);
  if (bad < bytes.size())
    return undecodable(bytes, bad, fileOffset, isAscii ? "ASCII" : "UTF-8");
  return bytes.str();
}

llvm::Expected<std::string> fromUtf8(llvm::StringRef text, SourceEncoding encoding) {
  switch (encoding) {
  case SourceEncoding::Utf8:
    return text.str();
  case SourceEncoding::Latin1:
    return utf8ToLatin1(text);
  case SourceEncoding::Ascii:
    if (size_t at = asciiPrefix(text); at < text.size())
      return doesNotExist(text, at, "ASCII");
    return text.str();
  }
  llvm_unreachable("all encodings handled");
}

} // namespace fraglint
