#pragma once
/// The operators of the language.

#include <cstdint>

namespace fraglint {

enum class BinaryOperator : uint8_t {
  Add,
  Subtract,
  Multiply,
  Divide,
  FloorDivide,
  Modulo,
  Power,
  ShiftLeft,
  ShiftRight,
  And,
  Or,
  Xor,
  MatrixMultiply,
};

enum class UnaryOperator : uint8_t { Negate, Plus, Invert, Not };

enum class CompareOperator : uint8_t {
  Less,
  LessEqual,
  Equal,
  NotEqual,
  Greater,
  GreaterEqual,
  In,
  NotIn,
  Is,
  IsNot,
};

} // namespace fraglint
