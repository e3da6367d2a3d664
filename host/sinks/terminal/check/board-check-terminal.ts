import { formatFigure, isBetterHigh, labelOf } from "../../../analysis/budgets/figure-text"
import { rangeText } from "../../../analysis/budgets/judge-board"
import { formatCountOf, formatDuration } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import {
    BOARD_FIGURES,
    type BoardBudget,
    type BoardCheckReport,
} from "../../../documents/check/board-check"
import { renderJudgement } from "../judgement-terminal"
import type { Style } from "../text/style"
import { renderTable } from "../text/table"
import { flow, indent, wrap } from "../text/text-layout"

/** A real board and its budgets for a terminal: each kept, exceeded or not told, with the figure's error. */
export function renderBoardCheck(report: BoardCheckReport, style: Style): string {
    const { passed, program, board, address, budgets, failures, warnings, judgement } = report
    const { colors: c } = style
    const inner = indent.narrow(style)
    const name = sanitize(
        program.entry === address
            ? `${board.id} at ${address}`
            : `${program.entry} on ${board.id} at ${address}`,
    )
    const isWarning = passed && warnings.length > 0
    const title = isWarning
        ? c.yellow(`! ${name}`)
        : passed
          ? c.green(`✓ ${name}`)
          : c.red(`✗ ${name}`)
    const facts = [
        `watched for ${formatDuration(report.watchedMs)}`,
        formatCountOf(report.samples, "report"),
        formatCountOf(report.exactReadings, "exact reading"),
        ...(report.interrupted ? ["stopped by you"] : []),
    ]
    const told = (list: typeof failures, color: (text: string) => string) =>
        list.flatMap(({ message }) => wrap(sanitize(message), inner.width).map(line => color(line)))
    const sections = [
        c.dim(flow(facts, inner.width, " · ")),
        table(report, inner),
        ...told(failures, c.red),
        ...told(warnings, c.yellow),
        ...leftOut(budgets).flatMap(line => wrap(line, inner.width).map(text => c.dim(text))),
        ...(judgement.severity === "good" ? [] : [renderJudgement(judgement, undefined, inner)]),
    ].filter(section => section !== "")
    return `${c.bold(title)}\n${indent.lines(sections.join("\n"), inner)}`
}

/** Budgets that no real board tells of, a line each. */
export function leftOut(
    budgets: readonly Pick<BoardBudget, "verdict" | "of" | "because">[],
): string[] {
    return budgets
        .filter(({ verdict }) => verdict === "left out")
        .map(({ of, because }) => sanitize(`${of} cannot be told of a real board: ${because}`))
}

/** Each budget with its figure, then the figures that have none. */
function table({ budgets, figures }: BoardCheckReport, style: Style): string {
    const held = budgets.filter(({ verdict }) => verdict !== "left out")
    const isHeld = new Set(held.map(({ figure }) => figure))
    const rows = [
        ...held.map(budget => [
            budget.verdict,
            labelOf(budget),
            rangeText(budget) || "-",
            `${isBetterHigh(budget.figure) ? "at least" : "at most"} ${formatFigure(budget.figure, budget.limit!)}`,
        ]),
        ...BOARD_FIGURES.flatMap(figure => {
            const found = figures[figure]
            if (!found || isHeld.has(figure)) return []
            return [
                [
                    "",
                    labelOf({ figure }),
                    rangeText({ figure, value: found.value, range: found }),
                    "",
                ],
            ]
        }),
    ]
    if (rows.length === 0) return ""
    return renderTable(
        ["Budget", "figure", "measured", "limit"].map(title => ({ title, align: "left" as const })),
        rows,
        style,
    )
}
