/* The grammar's scanner stores its indentation stack in this buffer, two bytes a level, while `size < limit`: with the even
 * limit of 1024 and an odd start, level 511 writes one byte past the end. With the odd limit the last pair always fits, and
 * what lies deeper is left out, as the scanner means it to be. */
#include <tree_sitter/parser.h>

#undef TREE_SITTER_SERIALIZATION_BUFFER_SIZE
#define TREE_SITTER_SERIALIZATION_BUFFER_SIZE 1023

#include <scanner.c>
