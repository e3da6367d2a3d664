import type { PlaygroundState } from "../playground-state"
import { lessonName } from "./result-sheet"

/** In class: which lesson it is, the ones beside it, and what was done so far. */
export function ClassBar({ state }: { state: PlaygroundState }) {
    const { lessons, exampleId, learned } = state
    const at = lessons.findIndex(({ id }) => id === exampleId.value)
    const answered = learned.answered.value
    const done = lessons.filter(({ id }) => Object.hasOwn(answered, lessonName(id))).length
    const go = (to: number) => {
        const lesson = lessons[to]
        if (lesson) state.goTo(lesson.id)
    }
    return (
        <nav class="class-bar" aria-label="Lessons">
            <button type="button" disabled={at <= 0} onClick={() => go(at - 1)}>
                Before
            </button>
            <p>
                <strong>{at < 0 ? "No lesson" : `Lesson ${at + 1} of ${lessons.length}`}</strong>
                {at >= 0 && `: ${lessons[at]!.title}`}{" "}
                <span class="pale" role="status">
                    {done} of {lessons.length} guessed
                </span>
            </p>
            <button type="button" disabled={at === lessons.length - 1} onClick={() => go(at + 1)}>
                Next
            </button>
            <button type="button" onClick={() => print()}>
                Print the results
            </button>
            <button type="button" disabled={done === 0} onClick={() => learned.forget()}>
                Forget them
            </button>
        </nav>
    )
}
