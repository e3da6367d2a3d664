import { formatFigure, formatLimit } from "../../analysis/budgets/figure-text"
import { changeText } from "../../analysis/budgets/change-text"
import { histogramTexts, type HistogramText } from "../../analysis/profile/histogram-text"
import { changedFrames, framesOfParts } from "../../analysis/profile/changed-frames"
import { framesOf, type Frame } from "../../analysis/profile/profile-frames"
import { formatBytesExact, formatCountOf, formatDuration } from "../../base/format-units"
import { ALL_CHECK_FIGURES, figureOf } from "../../documents/check/figures"
import type { ChangedFigure, Check, CheckFailure } from "../../documents/check/report"
import { ranMs } from "../../documents/sim-report"
import { renderFlameDifference } from "../svg/flame-difference"
import { renderFlameGraph } from "../svg/flame-graph"
import { renderHeapChart } from "../svg/heap-chart"
import { renderHeapMap } from "../svg/heap-map-svg"
import { safeXml } from "../svg/svg"
import { changedPartLines } from "../terminal/check/change-terminal"
import { CHECK_STYLE } from "./check-style"
import { nameOf, type CheckPictures, type FoundByCheck } from "./found-by-check"

/** Nothing from anywhere, and no script: what is kept today looks the same in ten years. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"
const MAX_PARTS = 20

/**
 * A check as one HTML file that can be kept and opened without a network: figures, budgets, what changed, and
 * of each run its heap over time and by address, who allocated, and what of that is another than before.
 */
export function checkHtml({ report, pictures }: FoundByCheck): string {
    const { checks, vanished = [] } = report
    const failed = checks.filter(check => !check.passed)
    const title =
        failed.length > 0
            ? `${failed.length} of ${formatCountOf(checks.length, "check")} failed`
            : `${formatCountOf(checks.length, "check")} passed`
    const several = checks.length > 1
    return [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8"/>',
        `<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>`,
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        `<title>heapscope: ${safeXml(title)}</title>`,
        `<style>${CHECK_STYLE}</style>`,
        "</head>",
        "<body>",
        `<h1 class="${failed.length > 0 ? "bad" : "good"}">heapscope: ${safeXml(title)}</h1>`,
        ...vanished.map(name => `<p>Not checked any more: <code>${safeXml(name)}</code></p>`),
        ...(several ? [`<nav><ul>${checks.map(entryOf).join("")}</ul></nav>`] : []),
        ...checks.map((check, i) => section(check, i, pictures?.get(check))),
        "</body>",
        "</html>",
        "",
    ].join("\n")
}

function entryOf(check: Check, index: number): string {
    return `<li class="${lookOf(check)}"><a href="#check-${index}">${safeXml(nameOf(check))}</a></li>`
}

function lookOf({ passed, warnings }: Check): string {
    return passed ? (warnings.length > 0 ? "warned" : "good") : "bad"
}

function section(check: Check, index: number, pictures: CheckPictures | undefined): string {
    const { report, failures, warnings, change } = check
    return [
        `<section id="check-${index}">`,
        `<h2 class="${lookOf(check)}">${safeXml(nameOf(check))}</h2>`,
        `<p>${safeXml(report.judgement.headline)}; ran ${formatDuration(ranMs(report))} of simulated time.</p>`,
        ...[...failures, ...warnings].map(failure),
        figureTable(check),
        ...(change?.figures.length
            ? [`<h3>Since ${safeXml(change.against)}</h3>`, ...change.figures.map(changed)]
            : []),
        ...(pictures ? draw(check, pictures) : []),
        "</section>",
    ].join("\n")
}

function failure({ message, places = [] }: CheckFailure): string {
    const told = places.filter(place => place.message !== message)
    return `<div class="failure"><strong>${safeXml(message)}</strong>${list(told.map(place => place.message))}</div>`
}

function changed(figure: ChangedFigure): string {
    return `<div>${safeXml(changeText(figure))}${list(changedPartLines(figure, MAX_PARTS))}</div>`
}

function figureTable({ figures, expected, budgets }: Check): string {
    const rows = ALL_CHECK_FIGURES.flatMap(figure => {
        const value = figures[figure]
        if (value === null) return []
        const own = budgets.filter(budget => budget.figure === figure)
        const limits = (expected.budgets ?? [])
            .filter(budget => budget.figure === figure)
            .map(({ limit }) => formatLimit(figure, limit))
        const look = own.some(({ over }) => over > 0) ? ' class="bad"' : ""
        return [
            `<tr${look}><td title="${safeXml(figureOf(figure).text)}">${figure}</td><td>${safeXml(formatFigure(figure, value))}</td><td>${safeXml(limits.join(", "))}</td></tr>`,
        ]
    })
    return `<table><thead><tr><th>figure</th><th>value</th><th>budget</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
}

/** The pictures of a run, one below the other. */
function draw(check: Check, { samples, tree, heap, histograms, before }: CheckPictures): string[] {
    const { report } = check
    const { capacityBytes } = report.heap
    const now = framesOf(tree, "allocated")
    const words = (title: string) => ({ title, subtitle: nameOf(check), format: formatBytesExact })
    return [
        figure(renderHeapChart(samples, { capacityBytes, title: "The heap over time" })),
        figure(renderFlameGraph(now, words("Bytes allocated by call path"))),
        ...differences(check, before, now).map(({ title, frame }) =>
            figure(renderFlameDifference(frame, words(title))),
        ),
        ...(heap ? [figure(renderHeapMap(heap))] : []),
        ...histogramTexts(
            histograms,
            report.outcome.kind === "panicked" ? "when it died" : "at the end",
        ).map(histogram),
    ]
}

/** What is another than before: by call path where that was run, and by what keeps it. */
function differences({ parts }: Check, before: CheckPictures["before"], now: Frame) {
    const most = [before?.parts["most-live"], parts["most-live"]] as const
    const [old, live] = most.map(some => some && framesOfParts(some, "live"))
    return [
        ...(before?.tree
            ? [
                  {
                      title: "Bytes allocated by call path, before and now",
                      frame: changedFrames(framesOf(before.tree, "allocated"), now),
                  },
              ]
            : []),
        ...(old && live
            ? [
                  {
                      title: "The most live by what keeps it, before and now",
                      frame: changedFrames(old, live),
                  },
              ]
            : []),
    ]
}

/** A table with a bar in each row. */
function histogram({ title, columns, rows }: HistogramText): string {
    const most = Math.max(...rows.map(({ weight }) => weight))
    const head = [title, ...columns, ""].map(text => `<th>${safeXml(text)}</th>`).join("")
    const body = rows.map(({ name, cells, weight }) => {
        const share = most > 0 ? (100 * weight) / most : 0
        const bar = `<td><i style="width:${share.toFixed(1)}%"></i></td>`
        const texts = [name, ...cells].map(text => `<td>${safeXml(text)}</td>`).join("")
        return `<tr>${texts}${bar}</tr>`
    })
    return `<table class="histogram"><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`
}

function figure(svg: string): string {
    return `<figure>${svg}</figure>`
}

function list(lines: readonly string[]): string {
    return lines.length === 0
        ? ""
        : `<ul>${lines.map(line => `<li>${safeXml(line)}</li>`).join("")}</ul>`
}
