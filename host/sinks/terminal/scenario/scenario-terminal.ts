import { formatDuration } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { ScenarioReport, StepReport } from "../../../documents/scenario/scenario"
import type { Style } from "../text/style"
import { wrap } from "../text/text-layout"

/** Steps that are listed; `--json` has them all. */
const MAX_STEPS = 20
const MARKS: Readonly<Record<StepReport["state"], string>> = { done: "✓", failed: "✗", late: "○" }

/** How a scenario went, a line a step; those that are not done first when there are many. */
export function renderScenario(scenario: ScenarioReport | undefined, style: Style): string {
    if (!scenario) return ""
    const { colors: c, width } = style
    const { steps } = scenario
    const isDone = ({ state }: StepReport) => state === "done"
    const shown =
        steps.length <= MAX_STEPS ? steps : steps.filter(step => !isDone(step)).slice(0, MAX_STEPS)
    const lines = shown.flatMap(step => {
        const at = step.atMs === undefined ? "" : `${formatDuration(step.atMs)}  `
        const saw = isDone(step) || step.saw === undefined ? "" : `: ${step.saw}`
        const text = sanitize(`${MARKS[step.state]} ${at}${step.step}${saw}`)
        const lines = wrap(text, width)
        return isDone(step) ? lines : lines.map(line => c.yellow(line))
    })
    const done = steps.filter(isDone).length
    const title = `${c.bold("Scenario")}  ${c.dim(sanitize(`${scenario.file}: ${done} of ${steps.length} steps done`))}`
    return [title, ...lines].join("\n")
}
