import { formatFigure, isBetterHigh, labelOf } from "../../analysis/budgets/figure-text"
import { rangeText } from "../../analysis/budgets/judge-board"
import { formatDuration } from "../../base/format-units"
import { toJson } from "../../base/json"
import type { BoardBudget, BoardCheckReport } from "../../documents/check/board-check"
import type { ReportKind } from "../report-kind"
import { safeXml } from "../svg/svg"
import { MARKER } from "./check-markdown"
import { codeSpan, cutBlocks, plainText } from "./markdown-text"

/** Ways in which CI takes the check of a real board: a file each. */
export const BOARD_CHECK_REPORTS: ReportKind<BoardCheckReport>[] = [
    {
        flag: "--out <file>",
        render: report => `${toJson(report, 2)}\n`,
    },
    { flag: "--markdown <file>", render: boardCheckMarkdown },
    { flag: "--junit <file>", render: boardCheckJunit },
]

const MARKS: Record<BoardBudget["verdict"], string> = {
    ...{ kept: "✓ kept", exceeded: "✗ exceeded" },
    ...{ "not told": "? not told", "left out": "left out" },
}

/** As a job's summary: what failed, and each budget with what was measured. */
export function boardCheckMarkdown(report: BoardCheckReport): string {
    const { passed, program, board, address, watchedMs, budgets, failures, warnings } = report
    const mark = passed ? "✓" : "✗"
    const name = `${plainText(program.entry)} on ${plainText(board.id)}`
    const messages = [...failures, ...warnings].map(({ message }) => `- ${plainText(message)}`)
    return cutBlocks(`${MARKER}\n## ${mark} heapscope: ${name}\n`, [
        `${codeSpan(address)} was watched for ${formatDuration(watchedMs)}: ${report.samples} reports, ${report.exactReadings} exact readings.`,
        ...(messages.length > 0 ? [messages.join("\n")] : []),
        {
            head: ["budget", "figure", "measured", "limit", "because"],
            align: ["", "", "r", "r", ""],
            rows: budgets.map(budget => [
                MARKS[budget.verdict],
                plainText(labelOf(budget)),
                rangeText(budget),
                limitText(budget),
                plainText(budget.because ?? ""),
            ]),
        },
    ])
}

/** As JUnit XML: a case for the run and one for each budget. What is not told fails; what is left out is skipped. */
export function boardCheckJunit(report: BoardCheckReport): string {
    const { program, board, budgets, failures, watchedMs } = report
    const outcome = failures.filter(({ kind }) => kind !== "budget").map(({ message }) => message)
    const classname = safeXml(`${program.entry} on ${board.id}`)
    const seconds = (watchedMs / 1000).toFixed(3)
    const testCase = (name: string, time: string, inner: string) =>
        `    <testcase name="${safeXml(name)}" classname="${classname}" time="${time}">${inner}</testcase>`
    const failure = (type: string, message: string) =>
        `<failure message="${safeXml(message)}" type="${type}">${safeXml(message)}</failure>`
    const cases = [
        testCase("runs", seconds, outcome.map(message => failure("outcome", message)).join("")),
        ...budgets.map(budget => {
            const text = [rangeText(budget), limitText(budget), budget.because]
                .filter(part => part)
                .join("; ")
            if (budget.verdict === "kept") return testCase(budget.of, "0", "")
            if (isFailure(budget)) return testCase(budget.of, "0", failure(budget.verdict, text))
            const why = safeXml(`${budget.verdict}: ${text}`)
            return testCase(budget.of, "0", `<skipped message="${why}"/>`)
        }),
    ]
    const failed = budgets.filter(isFailure).length + (outcome.length > 0 ? 1 : 0)
    const skipped = budgets.filter(one => one.verdict !== "kept" && !isFailure(one)).length
    const counts = `tests="${cases.length}" failures="${failed}" errors="0" time="${seconds}"`
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="heapscope check" ${counts}>`,
        `  <testsuite name="${classname}" ${counts} skipped="${skipped}">`,
        ...cases,
        "  </testsuite>",
        "</testsuites>\n",
    ].join("\n")
}

/** What is not kept, or not told, of a budget that is to fail. */
function isFailure({ verdict, level }: BoardBudget): boolean {
    return level === "error" && (verdict === "exceeded" || verdict === "not told")
}

function limitText({ figure, limit }: BoardBudget): string {
    if (limit === null) return ""
    return `${isBetterHigh(figure) ? "at least" : "at most"} ${formatFigure(figure, limit)}`
}
