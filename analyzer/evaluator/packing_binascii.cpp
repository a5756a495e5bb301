// The modules binascii and hashlib: extmod/modbinascii.c, extmod/modhashlib.c.

#include "evaluator/buffers.h"
#include "evaluator/numbers.h"
#include "evaluator/packing.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CRC.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/SHA1.h"
#include "llvm/Support/SHA256.h"

namespace fraglint {

using llvm::StringRef;

namespace {

Interval times(Interval length, int64_t factor) { return length * Interval::exactly(factor); }
Interval plus(Interval length, int64_t more) { return length + Interval::exactly(more); }

std::optional<Value> hexlify(Machine &m, const NativeCall &call) {
  return hexText(m, call.argument(0), call.argument(1), false);
}

std::optional<Value> unhexlify(Machine &m, const NativeCall &call) {
  auto view = requireBuffer(m, call.argument(0));
  if (!view)
    return std::nullopt;
  Interval room = floorDivide(view->length, Interval::exactly(2));
  Run buffer = m.heap().request(plus(room, 1));
  if (!view->bytes)
    return m.bytesFrom(buffer, Content::ofLength(room));
  std::string result;
  StringRef in = *view->bytes;
  while (!in.empty()) {
    char first = in.front();
    in = in.drop_front();
    if (llvm::isSpace(first))
      continue;
    if (in.empty() || !llvm::isHexDigit(first) || !llvm::isHexDigit(in.front()))
      return m.raise("ValueError", "non-hex digit");
    result += static_cast<char>(llvm::hexFromNibbles(first, in.front()));
    in = in.drop_front();
  }
  return m.bytesFrom(buffer, Content::of(std::move(result)));
}

int sextetOf(char c) {
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (llvm::isDigit(c))
    return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::optional<Value> fromBase64(Machine &m, const NativeCall &call) {
  auto view = requireBuffer(m, call.argument(0));
  if (!view)
    return std::nullopt;
  // Room for the longest result; it is cut when the bytes are made of it.
  Interval room = plus(floorDivide(times(view->length, 3), Interval::exactly(4)), 1);
  Run buffer = m.heap().request(room);
  if (!view->bytes)
    return m.bytesFrom(buffer, Content::ofLength({0, room.hasHi() ? room.hi - 1 : room.hi}));
  std::string result;
  uint32_t shift = 0;
  int bits = 0;
  bool hadPad = false;
  for (char c : *view->bytes) {
    if (c == '=') {
      if (bits == 2 || (bits == 4 && hadPad)) {
        bits = 0;
        break;
      }
      hadPad = true;
    }
    int sextet = sextetOf(c);
    if (sextet < 0)
      continue;
    hadPad = false;
    shift = shift << 6 | static_cast<uint32_t>(sextet);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      result += static_cast<char>(shift >> bits & 0xff);
    }
  }
  if (bits != 0)
    return m.raise("ValueError", "incorrect padding");
  return m.bytesFrom(buffer, Content::of(std::move(result)));
}

std::optional<Value> toBase64(Machine &m, const NativeCall &call) {
  Value newlineValue = call.argument(1, "newline");
  bool hasNewline = true;
  if (!newlineValue.isUnbound() && !m.isAbstract(newlineValue)) {
    auto truth = m.truth(newlineValue);
    if (!truth)
      return std::nullopt;
    hasNewline = *truth;
  }
  auto view = requireBuffer(m, call.argument(0));
  if (!view)
    return std::nullopt;
  Interval length =
      plus(times(floorDivide(plus(view->length, 2), Interval::exactly(3)), 4), hasNewline ? 1 : 0);
  Run buffer = m.heap().request(plus(length, 1));
  if (!view->bytes)
    return m.bytesFrom(buffer, Content::ofLength(length));
  constexpr StringRef kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (StringRef in = *view->bytes; !in.empty();
       in = in.drop_front(std::min<size_t>(3, in.size()))) {
    uint32_t group = 0;
    for (size_t i = 0; i < 3; ++i)
      group = group << 8 | (i < in.size() ? static_cast<uint8_t>(in[i]) : 0U);
    for (size_t i = 0; i < 4; ++i)
      result += i <= in.size() ? kDigits[group >> (18 - 6 * i) & 0x3f] : '=';
  }
  if (hasNewline)
    result += '\n';
  return m.bytesFrom(buffer, Content::of(std::move(result)));
}

std::optional<Value> checksum(Machine &m, const NativeCall &call) {
  auto view = requireBuffer(m, call.argument(0));
  if (!view)
    return std::nullopt;
  Value start = call.argument(1);
  auto before = start.isUnbound() ? std::optional(llvm::APInt(64, 0)) : wideIntOf(m, start);
  if (!view->bytes || !before)
    return abstractIntResult(m, {0, 0xffffffff}, "a checksum of what is not known");
  llvm::ArrayRef<uint8_t> data(reinterpret_cast<const uint8_t *>(view->bytes->data()),
                               view->bytes->size());
  return m.integer(static_cast<int64_t>(
      llvm::crc32(static_cast<uint32_t>(before->extractBitsAsZExtValue(32, 0)), data)));
}

/// How a hash keeps what it was fed among its attributes: bytes without a place of their own, since
/// the context that takes them in is part of the object.
constexpr llvm::StringLiteral kFed = "<fed>";

Value fedBytes(Machine &m, Content content) {
  auto &fed = m.heap().make<BytesObject>();
  fed.content = std::move(content);
  return Value::object(fed.id);
}

/// A hash: its object holds mbedTLS's context, as unix builds and the larger ports have it.
std::optional<Value> makeHash(Machine &m, const NativeCall &call, StringRef type,
                              int64_t contextBytes) {
  auto &made = m.heap().make<OpaqueObject>();
  made.type = type.str();
  made.header = m.heap().request(m.words(2) + contextBytes);
  Value hash = Value::object(made.id);
  Content content = Content::of("");
  if (!call.arguments.empty()) {
    auto view = requireBuffer(m, call.arguments[0]);
    if (!view)
      return std::nullopt;
    content = view->bytes ? Content::of(std::move(*view->bytes)) : Content::ofLength(view->length);
  }
  Value fed = fedBytes(m, std::move(content));
  m.heap().change<OpaqueObject>(hash)->attributes.emplace_back(kFed.str(), fed);
  return hash;
}

std::optional<Value> makeSha256(Machine &m, const NativeCall &call) {
  return makeHash(m, call, "hashlib.sha256", 108);
}
std::optional<Value> makeSha1(Machine &m, const NativeCall &call) {
  return makeHash(m, call, "hashlib.sha1", 92);
}
std::optional<Value> makeMd5(Machine &m, const NativeCall &call) {
  return makeHash(m, call, "hashlib.md5", 88);
}

/// What a hash was fed; nothing where that is not known.
std::optional<std::string> fedTo(const Machine &m, Value hash) {
  if (const auto *object = m.heap().get<OpaqueObject>(hash))
    for (const auto &[name, value] : object->attributes)
      if (name == kFed)
        if (auto view = bufferOf(m, value))
          return view->bytes;
  return std::nullopt;
}

std::optional<Value> updateHash(Machine &m, const NativeCall &call) {
  auto view = requireBuffer(m, call.argument(1));
  if (!view)
    return std::nullopt;
  std::optional<std::string> before = fedTo(m, call.argument(0));
  Value fed = fedBytes(m, before && view->bytes ? Content::of(*before + *view->bytes)
                                                : Content::ofLength(Interval::atLeast(1)));
  if (auto *hash = m.heap().change<OpaqueObject>(call.argument(0)))
    for (auto &[name, value] : hash->attributes)
      if (name == kFed)
        value = fed;
  return Value::none();
}

template <class Hash> std::string digestOf(StringRef fed) {
  auto digest = Hash::hash(llvm::arrayRefFromStringRef(fed));
  return std::string(digest.begin(), digest.end());
}

template <int64_t Bytes, std::string (*Digest)(StringRef)>
std::optional<Value> digest(Machine &m, const NativeCall &call) {
  std::optional<std::string> fed = fedTo(m, call.argument(0));
  Run buffer = m.heap().request(Bytes + 1);
  return m.bytesFrom(buffer,
                     fed ? Content::of(Digest(*fed)) : Content::ofLength(Interval::exactly(Bytes)));
}

constexpr NativeRow kBinascii[] = {
    {"binascii.hexlify", hexlify, true, "bytes"},
    {"binascii.unhexlify", unhexlify, true, "bytes"},
    {"binascii.a2b_base64", fromBase64, true, "bytes"},
    {"binascii.b2a_base64", toBase64, true, "bytes"},
    {"binascii.crc32", checksum, true, "int"},
};

constexpr NativeRow kHashlib[] = {
    {"hashlib.sha256", makeSha256, true, "hashlib.sha256"},
    {"hashlib.sha1", makeSha1, true, "hashlib.sha1"},
    {"hashlib.md5", makeMd5, true, "hashlib.md5"},
    {"hashlib.sha256.update", updateHash, true, "NoneType"},
    {"hashlib.sha1.update", updateHash, true, "NoneType"},
    {"hashlib.md5.update", updateHash, true, "NoneType"},
    {"hashlib.sha256.digest", digest<32, digestOf<llvm::SHA256>>, true, "bytes"},
    {"hashlib.sha1.digest", digest<20, digestOf<llvm::SHA1>>, true, "bytes"},
    {"hashlib.md5.digest", digest<16, digestOf<llvm::MD5>>, true, "bytes"},
};

} // namespace

std::optional<Value> hexText(Machine &m, Value of, Value separator, bool isText) {
  auto view = requireBuffer(m, of);
  if (!view)
    return std::nullopt;
  if (view->length == Interval::exactly(0))
    return isText ? m.name("") : m.bytes("");
  auto between = separator.isUnbound() ? std::optional(StringRef()) : m.textOf(separator);
  Interval length = times(view->length, 2);
  if (!separator.isUnbound())
    length = plus(length + view->length, -1);
  Run buffer = m.heap().request(plus(length, 1));
  Content content = Content::ofLength(length);
  if (view->bytes && between) {
    std::string text;
    for (char c : *view->bytes) {
      if (!text.empty() && !between->empty())
        text += between->front();
      text += llvm::toHex(StringRef(&c, 1), /*LowerCase=*/true);
    }
    content = Content::of(std::move(text));
  }
  return isText ? m.strFrom(buffer, std::move(content)) : m.bytesFrom(buffer, std::move(content));
}

llvm::ArrayRef<NativeRow> binasciiNatives() { return kBinascii; }
llvm::ArrayRef<NativeRow> hashlibNatives() { return kHashlib; }

} // namespace fraglint
