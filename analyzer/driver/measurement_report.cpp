#include "driver/measurement_report.h"

#include "heap/allocation_cost.h"
#include "report/display_line.h"
#include "report/printable_text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

#include <map>

namespace fraglint {

namespace {

/// Of the requests of one execution, in text.
constexpr size_t kShownRequests = 6;
constexpr uint32_t kSourceCells = 40;

std::string endName(ProgramEnd end) {
  switch (end) {
  case ProgramEnd::Completed:
    return "completed";
  case ProgramEnd::Raised:
    return "raised";
  case ProgramEnd::InputEnded:
    return "input-ended";
  case ProgramEnd::TimedOut:
    return "timed-out";
  case ProgramEnd::DeviceFailed:
    break;
  }
  return "device-failed";
}

/// `26 2 3×1`: equal ones are counted.
std::string requestsText(const ExecutionCost &cost) {
  std::string text;
  size_t shown = 0;
  for (size_t at = 0; at < cost.requests.size();) {
    size_t end = at;
    while (end < cost.requests.size() && cost.requests[end] == cost.requests[at])
      ++end;
    if (++shown > kShownRequests)
      return text + " …";
    text += text.empty() ? "" : " ";
    text += end - at > 1 ? llvm::formatv("{0}×{1}", end - at, cost.requests[at]).str()
                         : std::to_string(cost.requests[at]);
    at = end;
  }
  return text.empty() ? "-" : text;
}

/// As much of it as has room behind the figures.
std::string sourceLine(const SourceFile &program, uint32_t line) {
  TextRange range = program.lines().lineRange(line - 1);
  llvm::StringRef text = program.text().slice(range.begin, range.end).trim();
  return DisplayLine(text, {0, 0}, kSourceCells).text();
}

void writeStatements(llvm::raw_ostream &os, const SourceFile &program, const Measurement &run) {
  os << llvm::formatv("{0,5} {1,6} {2,8} {3,8} {4,8}  {5,-28} {6}\n", "line", "times", "largest",
                      "taken", "kept", "requests of the heaviest", "statement");
  for (const StatementMeasurement &row : run.statements) {
    std::string source = sourceLine(program, row.line);
    if (row.notMeasured != NotMeasured::No) {
      os << llvm::formatv("{0,5} {1,6} not measured: {2}  {3}\n", row.line, row.executions,
                          reasonOf(row.notMeasured), source);
      continue;
    }
    os << llvm::formatv("{0,5} {1,6} {2,8} {3,8} {4,8}  {5,-28} {6}\n", row.line, row.executions,
                        run.facts.drawsMaps ? std::to_string(row.largestRequest) : "?",
                        row.heaviest.takenBytes,
                        run.facts.collectsInside ? std::to_string(row.retainedBytes) : "?",
                        run.facts.drawsMaps ? requestsText(row.heaviest) : "?", source);
  }
}

void writeEnd(llvm::raw_ostream &os, const MeasuredRun &run) {
  const Measurement &measured = run.measurement;
  if (!measured.live.empty() && measured.facts.collectsInside) {
    auto most = llvm::max_element(
        measured.live, [](const LiveBytes &a, const LiveBytes &b) { return a.bytes < b.bytes; });
    os << "Live at most " << withThousands(static_cast<uint64_t>(std::max<int64_t>(most->bytes, 0)))
       << " bytes between statements, "
       << (most->pass != 0
               ? llvm::formatv("in pass {0} of the loop of line {1}", most->pass, most->line).str()
               : llvm::formatv("after line {0}", most->line).str())
       << "; its code is left out.\n";
  }
  if (run.smallestHeap) {
    os << "Smallest heap that works: " << withThousands(run.smallestHeap->bytes)
       << " bytes (-X heapsize)";
    if (run.smallestHeap->failsAt)
      os << "; yet it fails in one of " << withThousands(*run.smallestHeap->failsAt);
    os << ".\n";
  }
  if (measured.end == ProgramEnd::Completed)
    return;
  os << "Ended at line " << measured.endLine << ": "
     << (measured.end == ProgramEnd::InputEnded ? "all recorded input was read"
                                                : printable(measured.endText))
     << "\n";
}

std::string squeezedText(const SqueezedStatement &row) {
  if (!row.hiBytes)
    return row.loBytes == 0 ? "the heap is too small"
                            : "at least " + withThousands(row.loBytes) + " bytes";
  if (row.loBytes == 0)
    return "at most " + withThousands(*row.hiBytes) + " bytes";
  return row.loBytes == *row.hiBytes
             ? withThousands(row.loBytes) + " bytes"
             : withThousands(row.loBytes) + " to " + withThousands(*row.hiBytes) + " bytes";
}

void writeSqueezed(llvm::raw_ostream &os, const SourceFile &program, const Measurement &run) {
  if (run.squeezed.empty())
    return;
  os << "\nThe largest request, read from a squeezed heap:\n";
  for (const SqueezedStatement &row : run.squeezed)
    os << llvm::formatv("{0,5} {1,22}  {2}\n", row.line, squeezedText(row),
                        sourceLine(program, row.line));
}

void writeCost(llvm::json::OStream &json, llvm::StringRef name, const ExecutionCost &cost,
               bool drawsMaps) {
  json.attributeObject(name, [&] {
    if (drawsMaps)
      json.attributeArray("requests", [&] {
        for (uint32_t blocks : cost.requests)
          json.value(blocks);
      });
    json.attribute("taken_bytes", cost.takenBytes);
  });
}

void writeStatement(llvm::json::OStream &json, const StatementMeasurement &row,
                    const Measurement &run) {
  json.object([&] {
    json.attribute("line", row.line);
    json.attribute("column", row.column);
    json.attribute("executions", row.executions);
    if (row.notMeasured != NotMeasured::No) {
      json.attribute("not_measured", reasonOf(row.notMeasured));
      return;
    }
    if (run.facts.drawsMaps)
      json.attribute("largest_request", row.largestRequest);
    writeCost(json, "first", row.first, run.facts.drawsMaps);
    writeCost(json, "heaviest", row.heaviest, run.facts.drawsMaps);
    if (run.facts.collectsInside)
      json.attribute("retained_bytes", row.retainedBytes);
  });
}

/// Per line: the sum of what its statements ask for.
void writeLines(llvm::json::OStream &json, const Measurement &run) {
  std::map<uint32_t, std::pair<uint32_t, int64_t>> lines;
  for (const StatementMeasurement &row : run.statements) {
    auto &[largest, retained] = lines[row.line];
    largest = std::max(largest, row.largestRequest);
    retained += row.retainedBytes;
  }
  json.attributeArray("lines", [&] {
    for (const auto &[line, figures] : lines)
      json.object([&] {
        json.attribute("line", line);
        if (run.facts.drawsMaps)
          json.attribute("largest_request", figures.first);
        if (run.facts.collectsInside)
          json.attribute("retained_bytes", figures.second);
      });
  });
}

void writeLive(llvm::json::OStream &json, const Measurement &run) {
  if (!run.facts.collectsInside)
    return;
  json.attributeArray("live", [&] {
    for (const LiveBytes &one : run.live)
      json.object([&] {
        json.attribute("line", one.line);
        if (one.pass != 0)
          json.attribute("pass", one.pass);
        json.attribute("bytes", one.bytes);
      });
  });
}

void writeSqueezed(llvm::json::OStream &json, const Measurement &run) {
  if (run.squeezed.empty())
    return;
  json.attributeArray("squeezed", [&] {
    for (const SqueezedStatement &row : run.squeezed)
      json.object([&] {
        json.attribute("line", row.line);
        json.attributeObject("largest_request_bytes", [&] {
          json.attribute("lo", row.loBytes);
          json.attribute("hi", row.hiBytes ? llvm::json::Value(*row.hiBytes) : nullptr);
        });
      });
  });
}

void writeRun(llvm::json::OStream &json, const MeasuredRun &run) {
  const Measurement &measured = run.measurement;
  json.object([&] {
    if (!run.input.empty())
      json.attribute("input", run.input);
    json.attribute("firmware", llvm::json::fixUTF8(measured.facts.firmware));
    json.attribute("heap_bytes", measured.facts.heapBytes);
    json.attribute("block_bytes", measured.facts.blockBytes);
    json.attribute("main_names", measured.facts.mainNames);
    json.attribute("end", endName(measured.end));
    if (measured.end != ProgramEnd::Completed)
      json.attribute("end_line", measured.endLine);
    if (!measured.endText.empty())
      json.attribute("end_text", llvm::json::fixUTF8(measured.endText));
    if (run.smallestHeap) {
      json.attribute("smallest_heap_bytes", run.smallestHeap->bytes);
      if (run.smallestHeap->failsAt)
        json.attribute("fails_at_heap_bytes", *run.smallestHeap->failsAt);
    }
    json.attributeArray("statements", [&] {
      for (const StatementMeasurement &row : measured.statements)
        writeStatement(json, row, measured);
    });
    writeLines(json, measured);
    writeSqueezed(json, measured);
    writeLive(json, measured);
    json.attribute("output", llvm::json::fixUTF8(measured.output));
  });
}

} // namespace

void writeText(llvm::raw_ostream &os, const SourceFile &program, llvm::ArrayRef<MeasuredRun> runs) {
  for (const MeasuredRun &run : runs) {
    const Measurement &measured = run.measurement;
    os << program.path() << (run.input.empty() ? "" : ", " + run.input) << " on "
       << printable(measured.facts.firmware) << ": heap of "
       << withThousands(measured.facts.heapBytes) << " bytes, blocks of "
       << measured.facts.blockBytes << "\n\n";
    writeStatements(os, program, measured);
    os << "\nRequests are in blocks: what is there at the end of a statement, or when it calls "
          "another "
          "function of the program.\nTaken are the bytes of the heaviest execution; kept is what "
          "of "
          "all executions is in use when the program ends.\n";
    writeSqueezed(os, program, measured);
    writeEnd(os, run);
  }
}

void writeJson(llvm::raw_ostream &os, const SourceFile &program, llvm::ArrayRef<MeasuredRun> runs) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "fraglint-measure/1");
    json.attribute("program", llvm::json::fixUTF8(program.path()));
    json.attributeArray("runs", [&] {
      for (const MeasuredRun &run : runs)
        writeRun(json, run);
    });
  });
  json.flush();
  os << "\n";
}

} // namespace fraglint
