import { signal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import type { PlaygroundState } from "../playground-state"
import { openFiles, saveProject } from "./files-in-and-out"

/** What became of the last file; empty for nothing to say. */
const answer = signal("")

/** Opens files of the reader's, chosen or dropped on the page, and saves what is open. */
export function FileButtons({ state }: { state: PlaygroundState }) {
    const chooser = useRef<HTMLInputElement>(null)
    const open = (files: FileList | null | undefined) =>
        void openFiles(state, [...(files ?? [])]).then(text => (answer.value = text))
    useEffect(() => {
        const isFile = ({ dataTransfer }: DragEvent) => !!dataTransfer?.types.includes("Files")
        const over = (event: DragEvent) => isFile(event) && event.preventDefault()
        const drop = (event: DragEvent) => {
            if (!isFile(event)) return
            event.preventDefault()
            open(event.dataTransfer?.files)
        }
        addEventListener("dragover", over)
        addEventListener("drop", drop)
        return () => {
            removeEventListener("dragover", over)
            removeEventListener("drop", drop)
        }
    }, [])
    return (
        <>
            <span role="status" class="note">
                {answer.value}
            </span>
            <input
                ref={chooser}
                type="file"
                hidden
                multiple
                accept=".zip,.ts,.tsx,.json,.md"
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
                onClick={() => void saveProject(state).then(text => (answer.value = text))}
            >
                Save
            </button>
        </>
    )
}
