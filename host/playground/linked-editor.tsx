import { useEffect, useMemo, useRef } from "preact/hooks"
import { EditedProject } from "./editor/edited-project"
import { ProjectEditor } from "./editor/project-editor"
import { HelpLink, type HelpPort } from "./help-link"
import { linkEditor, type EditorLink } from "./link-editor"
import type { PlaygroundState } from "./playground-state"
import { startSiteWorker } from "./site-files"

/** The editor, of the project that is open. */
export function LinkedEditor({ state }: { state: PlaygroundState }) {
    const edited = useMemo(() => withHelp(state, new EditedProject()), [state])
    const link = useRef<EditorLink | undefined>(undefined)
    useEffect(() => {
        link.current = linkEditor(state, edited)
        return () => link.current?.end()
    }, [state, edited])
    const flush = () => link.current?.flush()
    return (
        <div
            class="linked-editor"
            onFocusIn={() => state.link.beginEditing()}
            onFocusOut={flush}
            onKeyDownCapture={event => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) flush()
            }}
        >
            <ProjectEditor project={edited} />
        </div>
    )
}

const startWorker = (): HelpPort => startSiteWorker("help-worker.js")

function withHelp(state: PlaygroundState, edited: EditedProject): EditedProject {
    edited.help = new HelpLink(startWorker, () => {
        const { root } = state.project.peek() ?? {}
        return root && { root, entry: edited.entry.peek(), files: edited.files() }
    })
    return edited
}
