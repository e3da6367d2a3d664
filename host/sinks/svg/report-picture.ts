import { createColors } from "picocolors"
import type { SimReport } from "../../documents/sim-report"
import { renderSimReport, type SimReportExtras } from "../terminal/sim-terminal"
import type { Style } from "../terminal/text/style"
import { terminalToSvg } from "./svg"

/** A picture has colour and the width of an ordinary terminal, wherever it is made. */
const PICTURE_STYLE: Style = { colors: createColors(true), width: 80 }

/** The report of a run as a picture of a terminal that shows it. */
export function drawReport(report: SimReport, extras: SimReportExtras): string {
    const title = `heapscope sim ${report.program.entry} --board ${report.board.id}`
    return terminalToSvg(renderSimReport(report, extras, PICTURE_STYLE) + "\n", title)
}
