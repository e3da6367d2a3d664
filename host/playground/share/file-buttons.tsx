import { useEffect, useRef } from "preact/hooks"
import type { PlaygroundState } from "../playground-state"

/** Opens files of the reader's, chosen or dropped on the page, and saves what is open. */
export function FileButtons({ state }: { state: PlaygroundState }) {
    const chooser = useRef<HTMLInputElement>(null)
    const open = (list: FileList | null | undefined) => {
        // The list is emptied before they are read.
        const files = [...(list ?? [])]
        void state.tell(async () => {
            const { openFiles } = await import("./files-in-and-out")
            return openFiles(state, files)
        })
    }
    useEffect(() => {
        const isFile = ({ dataTransfer }: DragEvent) => !!dataTransfer?.types.includes("Files")
        const over = (event: DragEvent) => isFile(event) && event.preventDefault()
        const drop = (event: DragEvent) => {
            if (!isFile(event)) return
            event.preventDefault()
            event.stopPropagation()
            open(event.dataTransfer?.files)
        }
        // Before the editor, which would put the file's text into its own.
        addEventListener("dragover", over, true)
        addEventListener("drop", drop, true)
        return () => {
            removeEventListener("dragover", over, true)
            removeEventListener("drop", drop, true)
        }
    }, [])
    return (
        <>
            <input
                ref={chooser}
                type="file"
                hidden
                multiple
                accept=".zip,.ts,.tsx,.json,.md,.devs,.ndjson,.gz"
                aria-label="Files to open"
                onChange={event => {
                    open(event.currentTarget.files)
                    event.currentTarget.value = ""
                }}
            />
            <button type="button" onClick={() => chooser.current?.click()}>
                Open
            </button>
            <button
                type="button"
                disabled={state.project.value?.opened !== undefined}
                onClick={() =>
                    void state.tell(async () => {
                        const { saveProject } = await import("./files-in-and-out")
                        return saveProject(state)
                    })
                }
            >
                Save
            </button>
        </>
    )
}
