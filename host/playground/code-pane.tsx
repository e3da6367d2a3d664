import { useSignal } from "@preact/signals"
import type { ComponentType } from "preact"
import { useEffect } from "preact/hooks"
import type { PlaygroundState } from "./playground-state"

type Editor = ComponentType<{ state: PlaygroundState }>

/** The project's files, to be edited. The editor is loaded behind the first run: it weighs more than the page. */
export function CodePane({ state }: { state: PlaygroundState }) {
    const editor = useSignal<{ Editor: Editor } | undefined>(undefined)
    const failure = useSignal("")
    useEffect(() => {
        import("./linked-editor").then(
            ({ LinkedEditor }) => (editor.value = { Editor: LinkedEditor }),
            (error: Error) => (failure.value = error.message),
        )
    }, [])
    const project = state.project.value
    const { Editor } = editor.value ?? {}
    return (
        <section class="code-pane" aria-label="Code">
            {project && Editor && <Editor state={state} />}
            {failure.value !== "" && (
                <p class="bad">The editor could not be loaded: {failure.value}. Reload the page.</p>
            )}
        </section>
    )
}
