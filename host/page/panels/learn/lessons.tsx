import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { formatBytesExact, formatCount, formatDuration } from "../../../base/format-units"
import { WAYS, type Work } from "../../../documents/lessons-report"
import type { PageState, RunLesson } from "../../page-state"
import { Panel } from "../panel"
import { Term } from "../term"
import { Guess } from "./guess"
import { RunningHeaps } from "./running-heaps"
import { WAY_WORDS } from "./way-words"

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
    const { lessons, lesson, chosenLesson: chosen } = state
    const canAsk = state.can("lesson")
    // Whoever was asked may have been replaced since, with what it had to answer.
    const asked = state.history.value?.hello
    useEffect(() => {
        if (canAsk && lessons.value.length === 0) state.ask({ kind: "lesson" })
        if (canAsk) state.takeLesson(chosen.value)
    }, [canAsk, asked, chosen.value])
    if (lessons.value.length === 0)
        return (
            <Panel title="Lessons">
                <p class="nothing">
                    {canAsk
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
                    onChange={event => (chosen.value = event.currentTarget.value)}
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
                <OneLesson key={shown.name} lesson={shown} state={state} />
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

function OneLesson({ lesson, state }: { lesson: RunLesson; state: PageState }) {
    const isTold = useSignal(false)
    const remainsIsTold = useSignal(false)
    const { name, question, title, when, why, work, adds, heaps } = lesson
    const { guesses } = state.around
    const [, words, format] = FIGURES.find(([figure]) => figure === question.figure)!
    const end = heaps.wasteful.at(-1)!
    // What is live may have been the question before.
    const asksWhatRemains =
        question.figure !== "liveBytes" && end.liveBytes >= 0 && end.usedBytes > end.liveBytes
    return (
        <div class="lesson">
            <h3>{title}</h3>
            <p class="pale">Use it for {when}.</p>
            <Sides lesson={lesson} />
            <Guess
                ask={question.ask}
                name="Your guess"
                answer={question.answer}
                shown={format(question.answer)}
                of={`${WAY_WORDS[question.of]}, ${words}`}
                isTold={isTold}
                before={guesses?.of(name)}
                onGuess={guess => guesses?.remember(name, guess, question.answer)}
            />
            {isTold.value && asksWhatRemains && (
                <Guess
                    ask={`When it ends, ${WAY_WORDS.wasteful} has ${formatBytesExact(end.usedBytes)} in use above what was live before. How many of them remain after the next collection?`}
                    name="Your guess of what remains"
                    answer={end.liveBytes}
                    shown={formatBytesExact(end.liveBytes)}
                    of={`${WAY_WORDS.wasteful}, live at its end: the rest is garbage`}
                    isTold={remainsIsTold}
                />
            )}
            {isTold.value && (remainsIsTold.value || !asksWhatRemains) && (
                <>
                    <RunningHeaps heaps={heaps} />
                    <ul>
                        {why.map(sentence => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                        {adds !== undefined && <li>With the structure {adds}</li>}
                    </ul>
                    <Measured work={work} />
                </>
            )}
        </div>
    )
}

/** The programs, side by side. */
function Sides({ lesson: { code } }: { lesson: RunLesson }) {
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

function Measured({ work }: Pick<RunLesson, "work">) {
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
