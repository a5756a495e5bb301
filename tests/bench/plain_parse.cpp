// Parses the files named in a list with the grammar and does nothing else: what `./dev bench`
// measures the tool against.

#include <tree_sitter/api.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

extern "C" const TSLanguage *tree_sitter_python();

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fputs("usage: plain_parse LIST-OF-FILES\n", stderr);
    return 3;
  }
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_python());
  std::ifstream list(argv[1]);
  size_t files = 0, bytes = 0;
  for (std::string name; std::getline(list, name); ++files) {
    std::ifstream file(name, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    bytes += text.size();
    ts_tree_delete(
        ts_parser_parse_string(parser, nullptr, text.data(), static_cast<uint32_t>(text.size())));
  }
  ts_parser_delete(parser);
  std::printf("%zu files, %zu bytes\n", files, bytes);
}
