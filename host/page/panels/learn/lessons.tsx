import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import {
    formatBytesExact,
    formatCount,
    formatDuration,
    formatRatio,
} from "../../../base/format-units"
import { WAYS, type LessonsReport, type Way, type Work } from "../../../documents/lessons-report"
import type { PageState } from "../../page-state"
import { Panel } from "../panel"
import { Term } from "../term"

type Lesson = LessonsReport["lessons"][number]

const WAY_WORDS: Readonly<Record<Way, string>> = {
    wasteful: "the ordinary way",
    byHand: "by hand",
    structure: "with the structure",
}

/** What is told of each program, and how it is written. */
const FIGURES: readonly (readonly [keyof Work, string, (value: number) => string])[] = [
    ["liveBytes", "live", formatBytesExact],
    ["peakLiveBytes", "peak", formatBytesExact],
    ["allocatedBytes", "allocated", formatBytesExact],
    ["allocations", "allocations", formatCount],
    ["collections", "collections", formatCount],
    ["boardTimeMs", "board time", formatDuration],
    ["instructions", "instructions", formatCount],
    ["bytecodeBytes", "flash", formatBytesExact],
]
/** Of them, what the table has. */
const SHOWN = FIGURES.slice(0, 6)

/** A technique beside its wasteful twin: first a guess, then what the real VM says. */
export function Lessons({ state }: { state: PageState }) {
    const chosen = useSignal("")
    const { lessons, lesson } = state
    useEffect(() => {
        if (state.can("lesson") && lessons.value.length === 0) state.ask({ kind: "lesson" })
    }, [])
    if (lessons.value.length === 0)
        return (
            <Panel title="Lessons">
                <p class="nothing">
                    {state.can("lesson")
                        ? "Looking for lessons."
                        : "Lessons run on the command that serves the page: start it again to take one."}
                </p>
            </Panel>
        )
    const sections = [...new Set(lessons.value.map(({ section }) => section))]
    const shown = lesson.value?.name === chosen.value ? lesson.value : undefined
    return (
        <Panel
            title="Lessons"
            note="each runs on the real VM when it is chosen"
            actions={
                <select
                    aria-label="Which lesson"
                    value={chosen.value}
                    onChange={event => {
                        chosen.value = event.currentTarget.value
                        if (chosen.value !== "") state.ask({ kind: "lesson", name: chosen.value })
                    }}
                >
                    <option value="">Choose a lesson</option>
                    {sections.map(section => (
                        <optgroup key={section} label={section}>
                            {lessons.value
                                .filter(one => one.section === section)
                                .map(({ name, title }) => (
                                    <option key={name} value={name}>
                                        {title}
                                    </option>
                                ))}
                        </optgroup>
                    ))}
                </select>
            }
        >
            {shown ? (
                <OneLesson key={shown.name} lesson={shown} />
            ) : (
                <p class="nothing">
                    {chosen.value === ""
                        ? "A lesson shows one technique beside its wasteful twin. It asks for a guess first: what surprises is remembered."
                        : "Compiling its programs, and running them."}
                </p>
            )}
        </Panel>
    )
}

function OneLesson({ lesson }: { lesson: Lesson }) {
    const guess = useSignal("")
    const isTold = useSignal(false)
    const { question, title, when, why, work, adds } = lesson
    const [, words, format] = FIGURES.find(([figure]) => figure === question.figure)!
    const guessed = Number(guess.value)
    return (
        <div class="lesson">
            <h3>{title}</h3>
            <p class="pale">Use it for {when}.</p>
            <Sides lesson={lesson} />
            <p>{question.ask}</p>
            <form
                class="guess"
                onSubmit={event => {
                    event.preventDefault()
                    isTold.value = true
                }}
            >
                <input
                    type="number"
                    min={0}
                    step="any"
                    aria-label="Your guess"
                    value={guess.value}
                    disabled={isTold.value}
                    onInput={event => (guess.value = event.currentTarget.value)}
                />
                <button type="submit" disabled={isTold.value}>
                    {guess.value === "" ? "Just tell me" : "That is my guess"}
                </button>
            </form>
            {isTold.value && (
                <div role="status">
                    <p>
                        The VM says <b>{format(question.answer)}</b> ({WAY_WORDS[question.of]},{" "}
                        {words}).{" "}
                        {guess.value !== "" &&
                            question.answer > 0 &&
                            (guessed === question.answer
                                ? "That is what you said."
                                : `Your guess is ${formatRatio(guessed / question.answer)} of it.`)}
                    </p>
                    <ul>
                        {why.map(sentence => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                        {adds !== undefined && <li>With the structure {adds}</li>}
                    </ul>
                    <Measured work={work} />
                </div>
            )}
        </div>
    )
}

/** The programs, side by side. */
function Sides({ lesson: { code } }: { lesson: Lesson }) {
    return (
        <div class="sides">
            {WAYS.map(
                way =>
                    code[way] !== undefined && (
                        <figure key={way}>
                            <figcaption>{WAY_WORDS[way]}</figcaption>
                            <pre tabIndex={0}>{code[way]}</pre>
                        </figure>
                    ),
            )}
        </div>
    )
}

function Measured({ work }: Pick<Lesson, "work">) {
    return (
        <div class="scroll">
            <table>
                <thead>
                    <tr>
                        <th scope="col">measured</th>
                        {SHOWN.map(([figure, words]) => (
                            <th key={figure} scope="col" class="number">
                                <Term name={words} />
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {WAYS.map(way => {
                        const measured = work[way]
                        return (
                            measured && (
                                <tr key={way}>
                                    <th scope="row">{WAY_WORDS[way]}</th>
                                    {SHOWN.map(([figure, , format]) => (
                                        <td key={figure} class="number">
                                            {format(measured[figure])}
                                        </td>
                                    ))}
                                </tr>
                            )
                        )
                    })}
                </tbody>
            </table>
        </div>
    )
}
