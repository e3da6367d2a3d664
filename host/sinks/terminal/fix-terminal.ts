import { formatBytesExact, formatCountOf, formatPercent } from "../../base/format-units"
import { sanitize } from "../../base/sanitize"
import { mainFigure, saved, type Change } from "../../documents/advice"
import type { FixChange, FixReport, FixSaving } from "../../documents/fix/fix-report"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"

const WORDS = { live: "live", churn: "allocated" } as const

/** What was changed, what that saves, and what was left alone and why. */
export function renderFix(report: FixReport, style: Style): string {
    const { colors: c, width } = style
    const { before, after, changes, files, effects } = report
    const kept = changes.filter(({ verdict }) => verdict === "kept")
    return [
        ...changes.flatMap(change => [...renderChange(change, style), ""]),
        ...(changes.length === 0 ? ["Nothing to do: no advice.", ""] : []),
        `${c.bold(sanitize(report.program.entry))} on ${report.board.id}: ${kept.length} of ${formatCountOf(changes.length, "change")} kept`,
        ...(kept.length > 0
            ? [
                  `  live       ${fromTo({ before: before.liveBytes, after: after.liveBytes })}`,
                  `  allocated  ${fromTo({ before: before.allocatedBytes, after: after.allocatedBytes })}`,
                  `  bytecode   ${fromTo({ before: before.bytecodeBytes, after: after.bytecodeBytes })}`,
                  ...wrap(
                      `Every version did the same: ${formatCountOf(effects, "effect")} on log, pins, buses, packets and network.`,
                      width,
                  ),
              ]
            : []),
        ...(report.aim
            ? wrap(
                  `Aim: ${report.aim.words}: ${report.aim.state === "met" ? "met" : "not met"}.`,
                  width,
              )
            : []),
        ...(files.length > 0
            ? [
                  report.written
                      ? `Written: ${files.map(({ file }) => sanitize(file)).join(", ")}`
                      : "Nothing is written yet: --write keeps it.",
              ]
            : []),
    ].join("\n")
}

function renderChange(change: FixChange, { colors: c, width }: Style): string[] {
    const { verdict, rule, at, what, edit, why, predicted, measured, diff } = change
    const mark = {
        kept: c.green("kept"),
        "taken-back": c.yellow("taken back"),
        "not-tried": c.dim("not tried"),
    }
    const place = at ? ` ${sanitize(at.file)}:${at.line}` : ""
    return [
        `${mark[verdict]}  ${c.bold(rule)}${place}`,
        ...wrap(sanitize(edit ?? what), width - 2).map(line => `  ${line}`),
        ...(why === undefined ? [] : wrap(sanitize(why), width - 2).map(line => `  ${line}`)),
        ...(verdict === "kept" && predicted && measured ? savings(predicted, measured) : []),
        ...(verdict === "kept" && diff ? colored(diff, c) : []),
    ]
}

/** The figure that the edit is about beside what was worked out; the other one as it came. */
function savings(predicted: FixSaving, measured: FixSaving): string[] {
    const main = mainFigure(predicted)
    const [wanted, got] = [saved(predicted[main]), saved(measured[main])]
    const other = main === "live" ? "churn" : "live"
    const besides = saved(measured[other])
    const share =
        wanted > 0 ? `, ${formatBytesExact(wanted)} predicted (${formatPercent(got / wanted)})` : ""
    return [
        `  ${WORDS[main]}: ${formatBytesExact(got)} less${share}`,
        ...(besides === 0
            ? []
            : [
                  `  ${WORDS[other]}: ${formatBytesExact(Math.abs(besides))} ${besides > 0 ? "less" : "more"}`,
              ]),
    ]
}

function colored(diff: string, c: Style["colors"]): string[] {
    return diff
        .trimEnd()
        .split("\n")
        .map(line => sanitize(line))
        .map(line =>
            line.startsWith("+") ? c.green(line) : line.startsWith("-") ? c.red(line) : line,
        )
}

function fromTo({ before, after }: Change): string {
    return `${formatBytesExact(before)} to ${formatBytesExact(after)}`
}
