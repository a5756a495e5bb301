#pragma once
/// Large ints with the digit buffers of the firmware (py/mpz.c, py/objint_mpz.c): who asks for how
/// many digits when. The values themselves are LLVM's.

#include "evaluator/machine.h"
#include "evaluator/operators.h"

namespace fraglint {

/// The firmware's `mpz_t`.
struct BigNumber {
  llvm::APInt value{64, 0}; ///< signed
  Run digits;
  int64_t room = 0;     ///< digits that there is room for
  bool isFixed = false; ///< its digits lie on the stack of C
};

class BigArithmetic {
public:
  explicit BigArithmetic(Machine &machine) : m_(machine) {}

  /// The operand that a value is: of an object, its digits; a small int is on the stack of C.
  BigNumber operand(Value value) const;
  /// A result without digits.
  static BigNumber none() { return {}; }
  /// The object that `mp_obj_int_new_mpz` makes, before its digits.
  Run header() { return m_.heap().request(m_.words(4)); }
  /// The object of a header and digits.
  Value object(Run header, const BigNumber &number);
  /// The same, or the small int that it is; the object is garbage then.
  Value smallOrObject(Run header, const BigNumber &number);
  /// `mp_obj_new_int_from_ll`.
  Value fromLong(const llvm::APInt &value);
  /// `mp_obj_int_from_bytes_impl`: of that many bytes.
  Value fromBytes(const llvm::APInt &value, int64_t bytes);
  /// `mp_obj_new_int_from_str_len`: of that many characters.
  Value fromText(const llvm::APInt &value, int64_t characters);
  /// `mpz_set_from_float`, of a value that is finite.
  Value fromFloat(double value);

  void setSmall(BigNumber &number, int64_t value);
  void set(BigNumber &into, const BigNumber &from);
  void release(BigNumber &number);
  void add(BigNumber &into, const BigNumber &left, const BigNumber &right, bool isSubtraction);
  void multiply(BigNumber &into, const BigNumber &left, const BigNumber &right);
  void power(BigNumber &into, const BigNumber &base, const BigNumber &exponent);
  void power(BigNumber &into, const BigNumber &base, const BigNumber &exponent,
             const BigNumber &modulus);
  void divide(BigNumber &quotient, BigNumber &remainder, const BigNumber &left,
              const BigNumber &right);
  void bitwise(BinaryOperator op, BigNumber &into, const BigNumber &left, const BigNumber &right);
  void shiftLeft(BigNumber &into, const BigNumber &left, int64_t bits);
  void shiftRight(BigNumber &into, const BigNumber &left, int64_t bits);
  void negate(BigNumber &into, const BigNumber &of);
  void invert(BigNumber &into, const BigNumber &of);

  static int64_t length(const llvm::APInt &value);
  /// Of all ports: those with 64 bits are told to have no larger ones (ports/unix/Makefile).
  static constexpr int64_t kDigitBits = 16;
  static constexpr int64_t kDigitBytes = kDigitBits / 8;
  /// Room that every int of a word, or of 64 bits, gets.
  int64_t digitsOfWord() const { return int64_t{8} * m_.profile().wordBytes / kDigitBits; }
  static constexpr int64_t digitsOfLong() { return 64 / kDigitBits; }

private:
  /// A copy on the heap, its `mpz_t` included.
  struct Clone {
    Run object;
    BigNumber number;
  };

  void need(BigNumber &number, int64_t digits);
  Clone clone(const BigNumber &of);
  void free(Clone &clone);

  Machine &m_;
};

} // namespace fraglint
