import type { ComponentChildren } from "preact"
import { formatBytesExact } from "../base/format-units"
import type { PlaygroundState } from "./playground-state"

const WORLDS: Readonly<Record<string, string>> = {
    "made-up": "a made-up world",
    strict: "nobody around",
    none: "the board alone",
}
const SPEEDS = ["1x", "10x", "60x", "600x", "max"]

/** What is open, on which board, how fast it goes; and what may be done with it. */
export function Toolbar({
    state,
    children,
}: {
    state: PlaygroundState
    children?: ComponentChildren
}) {
    const { isRunning, isClass } = state
    const isRecording = state.project.value?.opened?.kind === "recording"
    return (
        <header class="playground-bar">
            <strong class="brand">Heapscope</strong>
            <Programs state={state} />
            <Ways state={state} />
            {!isRecording && <Boards state={state} />}
            {!isRecording && <Worlds state={state} />}
            <Speeds state={state} />
            <button
                type="button"
                class="run"
                disabled={state.real.shown.value !== undefined}
                aria-keyshortcuts="Control+Enter"
                onClick={() => (isRunning.value ? state.stop() : state.run())}
            >
                {isRunning.value ? "Stop" : isRecording ? "Play" : "Run"}
            </button>
            {state.isEdited && (
                <button type="button" onClick={() => state.startOver()}>
                    Start over
                </button>
            )}
            <span class="gap" />
            {children}
            <button
                type="button"
                aria-pressed={state.real.shown.value !== undefined}
                disabled={state.real.isLoading.value}
                onClick={() => void state.toggleRealBoard()}
            >
                Real board
            </button>
            <button
                type="button"
                aria-pressed={isClass.value}
                onClick={() => state.setClass(!isClass.value)}
            >
                Class
            </button>
        </header>
    )
}

/** What there is to open: each has an address. */
function Programs({ state }: { state: PlaygroundState }) {
    const { catalogue, exampleId } = state
    const sections = [...new Set(catalogue.examples.map(({ section }) => section))]
    return (
        <Choice name="Program" value={exampleId.value} onChange={id => state.goTo(id)}>
            <option value="">{catalogue.first.title}</option>
            {!state.example && exampleId.value !== "" && (
                <option value={exampleId.value}>{state.project.value?.title}</option>
            )}
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
        </Choice>
    )
}

/** Which of several programs of what is open. */
function Ways({ state }: { state: PlaygroundState }) {
    const project = state.project.value
    const ways = state.example?.ways ?? []
    if (!project || ways.length < 2) return null
    return (
        <Choice name="Way" value={project.entry} onChange={entry => state.setEntry(entry)}>
            {ways.map(({ title, entry }) => (
                <option key={entry} value={entry}>
                    {title}
                </option>
            ))}
        </Choice>
    )
}

function Boards({ state }: { state: PlaygroundState }) {
    const board = state.project.value?.flags.board ?? ""
    return (
        <Choice name="Board" value={board} onChange={id => state.setFlags({ board: id })}>
            <option value="">the program's own board</option>
            {state.catalogue.boards.map(({ id, name, heapBytes }) => (
                <option key={id} value={id}>
                    {name}, heap {formatBytesExact(heapBytes)}
                </option>
            ))}
        </Choice>
    )
}

/** Who is around the board: a world that is made up, none, or a scenario of the project. */
function Worlds({ state }: { state: PlaygroundState }) {
    const { flags, files } = state.project.value ?? { flags: {}, files: {} }
    const { scenario = "", world = "made-up" } = flags
    const scenarios = Object.keys(files).filter(name => name.endsWith(".scenario.json"))
    // One may be named that is not open: a lesson's.
    if (scenario !== "" && !scenarios.includes(scenario)) scenarios.push(scenario)
    return (
        <Choice
            name="World"
            value={scenario || world}
            onChange={chosen =>
                state.setFlags(
                    chosen in WORLDS
                        ? { world: chosen, scenario: "" }
                        : { world: "", scenario: chosen },
                )
            }
        >
            {Object.entries(WORLDS).map(([mode, words]) => (
                <option key={mode} value={mode}>
                    {words}
                </option>
            ))}
            {scenarios.map(name => (
                <option key={name} value={name}>
                    {name.replace(/^.*\//, "")}
                </option>
            ))}
        </Choice>
    )
}

function Speeds({ state }: { state: PlaygroundState }) {
    const speed = state.project.value?.flags.speed ?? "1x"
    return (
        <Choice name="Speed" value={speed} onChange={value => state.setFlags({ speed: value })}>
            {SPEEDS.map(name => (
                <option key={name} value={name}>
                    {name === "max" ? "as fast as it can" : name}
                </option>
            ))}
        </Choice>
    )
}

function Choice({
    name,
    value,
    onChange,
    children,
}: {
    name: string
    value: string
    onChange(value: string): void
    children: ComponentChildren
}) {
    return (
        <select
            aria-label={name}
            value={value}
            onChange={event => onChange(event.currentTarget.value)}
        >
            {children}
        </select>
    )
}
