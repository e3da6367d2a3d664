import { formatCountOf } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { BisectReport } from "../../../documents/check/bisect-report"
import type { Style } from "../text/style"
import { fit, wrap } from "../text/text-layout"
import { renderCheck } from "./check-terminal"

/** A commit that was looked at, while others are still to be. */
export function triedLine(
    {
        commit,
        verdict,
        because,
    }: Pick<BisectReport["tried"][number], "commit" | "verdict" | "because">,
    left: number,
): string {
    const why = because === undefined ? "" : `: ${sanitize(because)}`
    return `${commit.slice(0, 7)} is ${verdict}, of ${formatCountOf(left, "commit")}${why}`
}

/** The first bad commit and what it changed; or those among which it is. */
export function renderBisect({ culprits, check }: BisectReport, style: Style): string {
    const { colors: c, width } = style
    const names = culprits.map(({ commit, subject }) =>
        fit(`${commit.slice(0, 7)} ${sanitize(subject)}`, width - 2),
    )
    if (!check)
        return [
            ...wrap(
                `It is one of these ${formatCountOf(names.length, "commit")}: those before the last cannot be built.`,
                width,
            ).map(line => c.yellow(line)),
            ...names.map(name => `  ${name}`),
        ].join("\n")
    const failed = check.checks.filter(one => !one.passed)
    const told = failed.length > 0 ? failed : check.checks.filter(one => one.change?.figures.length)
    return [c.bold(`It is ${names[0]}`), ...told.map(one => renderCheck(one, style))].join("\n")
}
