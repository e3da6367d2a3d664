import { useEffect, useMemo, useRef } from "preact/hooks"
import { EditedProject } from "./editor/edited-project"
import { ProjectEditor } from "./editor/project-editor"
import { linkEditor, type EditorLink } from "./link-editor"
import type { PlaygroundState } from "./playground-state"

/** The editor, of the project that is open. */
export function LinkedEditor({ state }: { state: PlaygroundState }) {
    const edited = useMemo(() => new EditedProject(), [state])
    const link = useRef<EditorLink | undefined>(undefined)
    useEffect(() => {
        link.current = linkEditor(state, edited)
        return () => link.current?.end()
    }, [state, edited])
    const flush = () => link.current?.flush()
    return (
        <div
            class="linked-editor"
            onFocusOut={flush}
            onKeyDownCapture={event => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) flush()
            }}
        >
            <ProjectEditor project={edited} />
        </div>
    )
}
