// The REPL of MicroPython's WebAssembly build over the terminal that Node was started on:
//
//   node --input-type=module --eval THIS repl PATH/micropython.mjs
//
// The build's own way to a terminal changes what passes: here keys and output are plain bytes. The build
// hands over single characters: of a program that writes much they are written together, but never late,
// since nothing interrupts WebAssembly that runs.
import { readSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

const CTRL_A = 0x01;
const CTRL_E = 0x05;

const output = Buffer.alloc(16384);
const AT_ONCE = 4096; // so many bytes behind each key
const AT_MOST_MS = 5;
let filled = 0;
let total = 0; // since the last key
let written = 0;
function flush() {
  for (let done = 0; done < filled; ) done += writeSync(1, output, done, filled - done);
  filled = 0;
  written = performance.now();
}
function write(bytes) {
  for (const byte of bytes) {
    output[filled++] = byte;
    ++total;
    if (filled === output.length) flush();
  }
  if (total <= AT_ONCE || performance.now() - written > AT_MOST_MS) flush();
}

const input = Buffer.alloc(4096);
let next = 0;
let end = 0;
function key() {
  if (next === end) {
    flush();
    total = 0;
    next = 0;
    end = readSync(0, input);
    if (end === 0) process.exit(); // hung up
  }
  return input[next++];
}

await import(pathToFileURL(process.argv[2]));
const micropython = await loadMicroPython({ linebuffer: false, stdout: write });
function press(...keys) {
  for (const one of keys) {
    if (micropython.replProcessChar(one)) {
      flush();
      process.exit();
    }
  }
}

micropython.replInit();
for (;;) {
  const first = key();
  if (first !== CTRL_E) {
    press(first);
    continue;
  }
  // Raw-paste mode reads keys where this build has none and never returns: it is answered here as not
  // offered.
  const second = key();
  const third = second === 0x41 ? key() : undefined;
  if (third === CTRL_A) write(Uint8Array.of(0x52, 0x00));
  else press(...[first, second, third].filter((one) => one !== undefined));
}
