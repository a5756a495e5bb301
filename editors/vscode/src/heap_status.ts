// The few words about a program's heap that fit into a status bar.

/** Of the output of `fraglint heap --output-format json`, schema fraglint-heap/1, what is shown. */
export interface HeapReport {
  target: { name: string; heap: { lo: number; hi: number } };
  peak_live: Demand;
  peak_contiguous: Demand;
  verdict: string;
  verdict_reason?: string;
}

interface Demand {
  lo: number;
  /** Null: not known. */
  hi: number | null;
  line?: number;
}

export interface StatusWords {
  text: string;
  tooltip: string;
  isWarning: boolean;
}

const bytes = (count: number) => count.toLocaleString("en-US");

function inBytes({ lo, hi }: { lo: number; hi: number | null }): string {
  if (hi === null) return `at least ${bytes(lo)} bytes`;
  return lo === hi ? `${bytes(lo)} bytes` : `${bytes(lo)} to ${bytes(hi)} bytes`;
}

function inKilobytes(demand: Demand): string {
  const most = ((demand.hi ?? demand.lo) / 1024).toFixed(1);
  return demand.hi === null ? `≥ ${most} KB` : `${most} KB`;
}

/** Board and peak demand as the item's text, the rest as its tooltip. */
export function statusWords(report: HeapReport): StatusWords {
  const board = report.target.name.replace(/^.*\//, "");
  const largest = report.peak_contiguous.line ? ` in line ${report.peak_contiguous.line}` : "";
  const tooltip = [
    `${report.target.name}, heap ${inBytes(report.target.heap)}`,
    `most in use: ${inBytes(report.peak_live)}`,
    `largest run asked for: ${inBytes(report.peak_contiguous)}${largest}`,
    `${report.verdict}${report.verdict_reason ? `: ${report.verdict_reason}` : ""}`,
  ].join("\n");
  return { text: `${board} ${inKilobytes(report.peak_live)}`, tooltip, isWarning: report.verdict === "will-fail" };
}
