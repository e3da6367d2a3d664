import { createColors } from "picocolors"
import type { LayoutReport } from "../../documents/layout/layout-report"
import { renderLayout } from "../terminal/layout/layout-terminal"
import { terminalToSvg } from "./svg"

const COLUMNS = 100

/** A report on layouts as a picture of a terminal, in colour. */
export function drawLayout(report: LayoutReport): string {
    const text = renderLayout(report, { colors: createColors(true), width: COLUMNS })
    return terminalToSvg(text, `heapscope layout ${report.file}`)
}
