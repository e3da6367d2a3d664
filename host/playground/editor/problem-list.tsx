import { formatCountOf } from "../../base/format-units"
import { HOW_TO_LEAVE } from "./code-state"
import { costAt, describeCost } from "./cost-gutter"
import type { EditedProject } from "./edited-project"

/** All that is wrong, each a way to its place. */
export function ProblemList({ project }: { project: EditedProject }) {
    const problems = project.problems.value
    return (
        <div class="editor-problems" role="status">
            {problems.length > 0 && (
                <>
                    <h3>{formatCountOf(problems.length, "problem")}</h3>
                    <ul>
                        {problems.map(({ file, line, column, text }, index) => (
                            <li key={index}>
                                <button
                                    type="button"
                                    class="link"
                                    onClick={() => project.reveal(file, line)}
                                >
                                    {file}:{line}
                                    {column !== undefined && `:${column}`}
                                </button>{" "}
                                <span>{text}</span>
                            </li>
                        ))}
                    </ul>
                </>
            )}
        </div>
    )
}

/** Where the cursor is, and what the line there costs: margins are for those who see them. */
export function CursorFacts({ project }: { project: EditedProject }) {
    const state = project.state.value
    if (!state) return null
    const { head } = state.selection.main
    const line = state.doc.lineAt(head)
    const cost = costAt(state, head)
    return (
        <p class="editor-facts note">
            <span>
                Line {line.number}, column {head - line.from + 1}
                {cost && `: ${describeCost(cost)}`}
            </span>
            <span>{project.isFixed.value ? "To be read, not changed." : HOW_TO_LEAVE}</span>
        </p>
    )
}
