import { formatBytesExact } from "../base/format-units"
import type { PlaygroundState } from "./playground-state"

const SPEEDS = ["1x", "10x", "60x", "600x", "max"]

/** What is open, on which board, and how fast it goes. */
export function Toolbar({ state }: { state: PlaygroundState }) {
    const { catalogue, isRunning, exampleId } = state
    const project = state.project.value
    const { board = "", speed = "1x" } = project?.flags ?? {}
    const sections = [...new Set(catalogue.examples.map(({ section }) => section))]
    return (
        <header class="playground-bar">
            <strong class="brand">Heapscope</strong>
            <label>
                <span class="unseen">Program</span>
                <select
                    value={exampleId.value}
                    onChange={event => (location.hash = `#${event.currentTarget.value}`)}
                >
                    <option value="">{catalogue.first.title}</option>
                    {sections.map(section => (
                        <optgroup key={section} label={section}>
                            {catalogue.examples
                                .filter(one => one.section === section)
                                .map(({ id, title }) => (
                                    <option key={id} value={id}>
                                        {title}
                                    </option>
                                ))}
                        </optgroup>
                    ))}
                </select>
            </label>
            <label>
                <span class="unseen">Board</span>
                <select
                    value={board}
                    onChange={event => {
                        const { value } = event.currentTarget
                        state.setFlags({ board: value })
                    }}
                >
                    <option value="">the program's own board</option>
                    {catalogue.boards.map(({ id, name, heapBytes }) => (
                        <option key={id} value={id}>
                            {name}, heap {formatBytesExact(heapBytes)}
                        </option>
                    ))}
                </select>
            </label>
            <label>
                <span class="unseen">Speed</span>
                <select
                    value={speed}
                    onChange={event => state.setFlags({ speed: event.currentTarget.value })}
                >
                    {SPEEDS.map(name => (
                        <option key={name} value={name}>
                            {name === "max" ? "as fast as it can" : name}
                        </option>
                    ))}
                </select>
            </label>
            {isRunning.value ? (
                <button type="button" onClick={() => state.stop()}>
                    Stop
                </button>
            ) : (
                <button type="button" onClick={() => state.run()}>
                    Run
                </button>
            )}
        </header>
    )
}
