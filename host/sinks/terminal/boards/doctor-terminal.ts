import { formatCountOf } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { DoctorReport, DoctorStatus } from "../../../documents/boards/doctor-report"
import type { Style } from "../text/style"
import { wrap } from "../text/text-layout"

const MARKS: Readonly<Record<DoctorStatus, string>> = {
    good: "✓",
    warning: "!",
    bad: "✗",
    unknown: "?",
}

/** What was looked at, what is wrong, and what mends it. */
export function renderDoctor(
    { checks, passed }: DoctorReport,
    { colors: c, width }: Style,
): string {
    const paint = { good: c.green, warning: c.yellow, bad: c.red, unknown: c.yellow }
    const lines = checks.flatMap(({ status, message, commands, hint }) => [
        ...wrap(sanitize(message), width - 2).map((line, i) =>
            i === 0 ? `${paint[status](MARKS[status])} ${line}` : `  ${line}`,
        ),
        // Commands are copied: none is broken.
        ...commands.map(command => `    ${c.bold(sanitize(command))}`),
        ...wrap(sanitize(hint ?? ""), width - 4).map(line => `    ${c.dim(line)}`),
    ])
    const count = (status: DoctorStatus) => checks.filter(check => check.status === status).length
    const end = passed
        ? c.green(
              `nothing has to be mended${count("warning") > 0 ? `, ${formatCountOf(count("warning"), "remark")}` : ""}`,
          )
        : c.red(`${formatCountOf(count("bad"), "thing")} to mend`)
    return [...lines, "", end].join("\n")
}
