#pragma once
/// What a name of the program is bound to while it is evaluated.

#include <bit>
#include <cstdint>

namespace fraglint {

/// Index of an object in its ObjectHeap.
using ObjectId = uint32_t;

enum class ValueKind : uint8_t {
  Unbound, ///< a name before its first assignment, or after `del`
  None,
  Bool,
  Int,   ///< fits the word (FirmwareProfile::smallIntBits); larger ones are objects
  Float, ///< in the word, or a constant of the code; boxed results are objects
  Object,
};

/// A value of 16 bytes. Immutable; objects are referred to by their ids.
class Value {
public:
  constexpr Value() = default;
  static constexpr Value none() { return Value(ValueKind::None, 0); }
  static constexpr Value boolean(bool value) { return Value(ValueKind::Bool, value ? 1 : 0); }
  static constexpr Value integer(int64_t value) { return Value(ValueKind::Int, value); }
  static constexpr Value object(ObjectId id) { return Value(ValueKind::Object, id); }
  static constexpr Value real(double value) {
    return Value(ValueKind::Float, std::bit_cast<int64_t>(value));
  }

  ValueKind kind() const { return kind_; }
  bool isUnbound() const { return kind_ == ValueKind::Unbound; }
  bool isNone() const { return kind_ == ValueKind::None; }
  bool isBool() const { return kind_ == ValueKind::Bool; }
  bool isInt() const { return kind_ == ValueKind::Int; }
  bool isFloat() const { return kind_ == ValueKind::Float; }
  bool isObject() const { return kind_ == ValueKind::Object; }

  /// Of an Int, or of a Bool as 0 or 1.
  int64_t asInt() const { return integer_; }
  bool asBool() const { return integer_ != 0; }
  double asReal() const { return std::bit_cast<double>(integer_); }
  ObjectId asObject() const { return static_cast<ObjectId>(integer_); }

  /// Python's `is`.
  friend bool operator==(Value a, Value b) {
    return a.kind_ == b.kind_ && a.integer_ == b.integer_;
  }

private:
  constexpr Value(ValueKind kind, int64_t integer) : kind_(kind), integer_(integer) {}

  ValueKind kind_ = ValueKind::Unbound;
  int64_t integer_ = 0; ///< of a Real its bits
};

} // namespace fraglint
