#pragma once
/// Types, exceptions and modules of the firmware, as the machine's core asks for them.

#include "evaluator/machine.h"

namespace fraglint {

// --- Exceptions (exceptions.cpp).

/// An exception of a native type, not raised: its object, then a tuple of the arguments.
Value makeException(Machine &m, ObjectId type, llvm::ArrayRef<Value> arguments);
/// Raises one with arguments that are objects: `KeyError(key)`, `ValueError(text)`.
std::nullopt_t raiseWith(Machine &m, llvm::StringRef type, llvm::ArrayRef<Value> arguments);
/// One more frame that it passes through. Machine::raise does it for the first.
void addTraceback(Machine &m, Value exception);
/// The native exception that a value is, or that is inside an instance of the program's class.
const ExceptionObject *exceptionIn(const Machine &m, Value value);
/// A message that lies packed in flash is unpacked when it is first looked at.
void decompressMessage(Machine &m, const ExceptionObject &exception);
/// The same of a value that is one of several, which may be an exception, or one of which only that
/// is known.
void decompressPerhaps(Machine &m, Value value);
/// `args`, `value`, `errno`; Unbound for others.
std::optional<Value> exceptionAttribute(Machine &m, Value exception, llvm::StringRef name);
/// The errno's name, `ENOENT`; empty where it has none.
llvm::StringRef errnoName(int64_t number);
/// What the firmware says of an errno when it prints it: its name, or words.
llvm::StringRef errorMessage(const FirmwareProfile &profile, int64_t number);
std::optional<int64_t> errnoNumber(llvm::StringRef name);

/// What the printing of a formatted message asks for: see exception_texts.cpp.
struct MessageText {
  std::string text; ///< as this firmware words it
  bool isFormatted = false;
  int64_t firstRoom = 0; ///< bytes of the first request
  llvm::SmallVector<int64_t, 4> pieces; ///< lengths, in the order in which they are printed
};
/// Whether a message of the firmware's lies there packed, and is unpacked where it is read.
bool isPackedMessage(llvm::StringRef message);
MessageText messageText(const FirmwareProfile &profile, llvm::StringRef message);

// --- Types (machine_objects.cpp, objects.cpp).

/// Is `type` `base`, or below it?
bool isSubclass(const Machine &m, ObjectId type, ObjectId base);
/// An instance of a class of the program, of which no constructor has been called.
Value newInstance(Machine &m, ObjectId type);
/// What `__bases__` and `__dict__` give.
Value basesOf(Machine &m, const ClassObject &type);
Value copyOfMembers(Machine &m, const MapTable &members);
/// The base of a type of the firmware: `Exception` for `ValueError`; empty where none.
llvm::StringRef nativeBase(llvm::StringRef type);
/// Whether a native of that name is a type: `int`, `ValueError`, `machine.Pin`.
bool isTypeName(llvm::StringRef name);
/// A function or a type of the firmware as a value.
Value nativeValue(Machine &m, const NativeRow &row);

// --- Modules (modules.cpp, library.cpp).

/// What the first import of asyncio asks for, and what a name of it does that is first read: it is
/// Python, in parts that are loaded then.
void chargeTasksImport(Machine &m);
void chargeTasksName(Machine &m, llvm::StringRef name);
/// A module that is no file of the program.
Value nativeModule(Machine &m, llvm::StringRef name);
/// What `module.name` is where it is no function with a row: Unbound. Nothing where the module is
/// known not to have it (raised).
std::optional<Value> moduleAttribute(Machine &m, llvm::StringRef module, llvm::StringRef name);
/// What a call of something gives that no row knows: of `known_library.h`'s type where that knows
/// it, else anything. Its cost is not known.
Value unknownCall(Machine &m, llvm::StringRef dottedName);
/// Whether a native is of a library, and no part of the language: it may fail for reasons that are
/// not in the program.
bool isLibraryCall(llvm::StringRef name);
/// Whether objects of that type are made by the modules of the language, whose natives know all
/// that they do: patterns and matches, hashes, the generator of random numbers.
bool isLanguageType(llvm::StringRef type);
/// The type of what a library calls a function of the program with that it was given; empty where
/// that is not known.
llvm::StringRef callbackArgument(llvm::StringRef taker, size_t position);
/// Whether a function that was given to `taker` may be called by the time that a call of a native
/// is over, since that calls it, or waits.
bool mayCallBack(llvm::StringRef taker, llvm::StringRef native);
/// Whether what it raises comes out of that call; the firmware prints what others raise.
bool raisesThrough(llvm::StringRef taker);
/// A function or method of a library without a row, as a value.
Value libraryFunction(Machine &m, llvm::StringRef dottedName);
/// `base.name = value` of a library's object, where that asks for something: false where it does
/// not, and the value is only stored.
bool storeLibraryAttribute(Machine &m, Value base, llvm::StringRef name, Value value);
/// An operator with a library's object on one side; Unbound where there is none.
std::optional<Value> binaryLibrary(Machine &m, BinaryOperator op, Value left, Value right);
/// `base[index]` and `base[index] = value` of a library's object.
std::optional<Value> loadLibraryItem(Machine &m, Value base, Value index);
bool storeLibraryItem(Machine &m, Value base, Value index, Value value);
/// A result of which neither value nor cost is known.
Value unknownResult(Machine &m, const llvm::Twine &reason);
/// A value of a type that is known by its name only: an object of a library, or an unknown int,
/// str, … Asks for nothing.
Value valueOfType(Machine &m, llvm::StringRef type, const llvm::Twine &reason);
/// A time of which the fields are not known: a tuple, of which they have names in CircuitPython.
Value timeTuple(Machine &m, bool hasNames);
/// An int beyond the word that is not known, charged as one of `digitBytes`.
Value abstractBigInt(Machine &m, Interval number, int64_t digitBytes, const llvm::Twine &reason);

// --- Tasks (modules_tasks.cpp).

/// What `await` gives of the iterator of a task, of several, or of an event; else None.
Value awaitedValue(Machine &m, Value iterator);

// --- Streams (streams.cpp).

/// The next line of a stream, empty at its end.
std::optional<Value> readLine(Machine &m, Value stream);
/// The buffer of `read()` and of `readline()` from outside, of so many bytes as far as is known.
Run readAllOf(Machine &m, Interval length);
Run readLineOf(Machine &m, Interval length);
/// What `print(…, file=stream)` and `json.dump` do.
void writeToStream(Machine &m, Value stream, const Content &text);
/// Where `print` puts text: a stream of the heap, or the output, which None and nothing stand for.
void printTo(Machine &m, Value file, const Content &text);

/// Rows of one file, for moduleNatives() and objectNatives().
llvm::ArrayRef<NativeRow> jsonNatives();
llvm::ArrayRef<NativeRow> streamNatives();
llvm::ArrayRef<NativeRow> patternNatives(); ///< re
llvm::ArrayRef<NativeRow> systemNatives(); ///< gc, time, os, sys, micropython
llvm::ArrayRef<NativeRow> taskNatives(); ///< asyncio
llvm::ArrayRef<NativeRow> libraryNatives();
llvm::ArrayRef<NativeRow> exceptionNatives();
llvm::ArrayRef<NativeRow> typeNatives();

} // namespace fraglint
