import { useEffect } from "preact/hooks"
import { App } from "../page/app"
import { ClassBar } from "./classroom/class-bar"
import { ResultSheet } from "./classroom/result-sheet"
import { CodePane } from "./code-pane"
import type { PlaygroundState } from "./playground-state"
import { FileButtons } from "./share/file-buttons"
import { ShareButton } from "./share/share-button"
import { Toolbar } from "./toolbar"

/** The whole playground: code beside its board. */
export function Playground({ state }: { state: PlaygroundState }) {
    const shown = state.real.shown.value
    const { told, notices, failure, progress, isClass, lessons, learned, showsLesson } = state
    const { opened, files } = state.project.value ?? {}
    const hasNoCode = opened !== undefined && Object.keys(files ?? {}).length === 0
    const lesson = state.page.lesson.value?.name
    useEffect(() => {
        if (!showsLesson.value || lesson !== state.page.chosenLesson.value) return
        showsLesson.value = false
        if (!isClass.value) document.getElementById("tab-learn")?.scrollIntoView()
    }, [lesson])
    return (
        <div class={`playground ${isClass.value ? "in-class" : ""}`}>
            <Toolbar state={state}>
                <FileButtons state={state} />
                <ShareButton state={state} />
            </Toolbar>
            <div role="status" class="told">
                {told.value && told.value.text !== "" && (
                    <p class={told.value.isRefusal ? "bad" : "note"}>{told.value.text}</p>
                )}
            </div>
            {isClass.value && <ClassBar state={state} />}
            <div class={`split ${hasNoCode ? "without-code" : ""}`}>
                <CodePane state={state} />
                <div class="board-pane">
                    <div role="status" class="run-notes">
                        {progress.value !== "" && !state.page.history.value && (
                            <p class="note">{progress.value}</p>
                        )}
                        {opened && <p class="note">{opened.about}</p>}
                        {notices.value.map(text => (
                            <p key={text} class="note">
                                {text}
                            </p>
                        ))}
                        {failure.value && <pre class="failure">{failure.value.message}</pre>}
                    </div>
                    <div class="page">
                        {shown ? <shown.View board={shown.board} /> : <App state={state.page} />}
                    </div>
                </div>
            </div>
            <ResultSheet lessons={lessons} answered={learned.answered.value} />
        </div>
    )
}
