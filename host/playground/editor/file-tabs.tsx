import { useSignal } from "@preact/signals"
import { useEffect, useLayoutEffect, useRef } from "preact/hooks"
import type { EditedProject } from "./edited-project"

/** What is asked for a name: a new file's, or another one for a file that is there. */
type Asked = { rename: string } | { rename?: undefined }

/** Chooses the file that is shown; adds, renames and deletes files. */
export function FileTabs({ project }: { project: EditedProject }) {
    const asked = useSignal<Asked | undefined>(undefined)
    const row = useRef<HTMLDivElement>(null)
    const names = project.names.value
    const shown = project.shown.value
    const at = names.indexOf(shown)
    const goTo = (index: number) => {
        project.show(names[(index + names.length) % names.length]!)
        row.current?.querySelectorAll("button")[(index + names.length) % names.length]?.focus()
    }
    const act = (event: KeyboardEvent) => {
        const acts: Record<string, () => void> = {
            ArrowRight: () => goTo(at + 1),
            ArrowLeft: () => goTo(at - 1),
            Home: () => goTo(0),
            End: () => goTo(names.length - 1),
            F2: () => (asked.value = { rename: shown }),
            Delete: () => {
                project.delete(shown)
                row.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus()
            },
        }
        const found = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined
        const isChange = event.key === "F2" || event.key === "Delete"
        if (!found || (isChange && project.isFixed.peek())) return
        // Else the page takes it for a way through time.
        event.preventDefault()
        event.stopPropagation()
        found()
    }
    useEffect(() => {
        const tab = row.current?.querySelector("[aria-selected=true]")
        tab?.scrollIntoView?.({ block: "nearest", inline: "nearest" })
    }, [shown, names])
    return (
        <>
            <div class="editor-head">
                <div
                    ref={row}
                    class="tabs"
                    role="tablist"
                    aria-label="Files"
                    aria-keyshortcuts="F2 Delete"
                    onKeyDown={act}
                >
                    {names.map((name, index) => (
                        <button
                            key={name}
                            id={`file-tab-${index}`}
                            type="button"
                            role="tab"
                            aria-selected={name === shown}
                            aria-controls="editor-text"
                            tabIndex={name === shown ? 0 : -1}
                            title={
                                name === project.entry.value ? "The board starts this file" : name
                            }
                            onClick={() => project.show(name)}
                            onDblClick={() => {
                                if (!project.isFixed.peek()) asked.value = { rename: name }
                            }}
                        >
                            {name}
                            <ProblemCount project={project} name={name} />
                        </button>
                    ))}
                </div>
                {!project.isFixed.value && (
                    <div class="actions" role="group" aria-label="Files: what may be done">
                        <button type="button" onClick={() => (asked.value = {})}>
                            Add a file
                        </button>
                        <button type="button" onClick={() => (asked.value = { rename: shown })}>
                            Rename
                        </button>
                        <button
                            type="button"
                            disabled={shown === project.entry.value}
                            onClick={() => project.delete(shown)}
                        >
                            Delete
                        </button>
                    </div>
                )}
            </div>
            {asked.value && (
                <NameForm
                    key={asked.value.rename ?? ""}
                    project={project}
                    asked={asked.value}
                    onEnd={() => {
                        asked.value = undefined
                        row.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus()
                    }}
                />
            )}
            <div role="status">
                {project.refusal.value !== "" && <p class="editor-said">{project.refusal.value}</p>}
                {project.deleted.value !== undefined && (
                    <p class="editor-said">
                        {project.deleted.value} is deleted.{" "}
                        <button type="button" onClick={() => project.restore()}>
                            Bring it back
                        </button>{" "}
                        <button type="button" onClick={() => project.forgetDeleted()}>
                            Let it go
                        </button>
                    </p>
                )}
            </div>
        </>
    )
}

function ProblemCount({ project, name }: { project: EditedProject; name: string }) {
    const count = project.problems.value.filter(({ file }) => file === name).length
    return count > 0 ? (
        <span class="bad">
            {count}
            <span class="unseen"> wrong</span>
        </span>
    ) : null
}

interface NameFormProps {
    project: EditedProject
    asked: Asked
    onEnd(): void
}

/** Asks for a name until it is one, or nobody wants it any more. */
function NameForm({ project, asked: { rename }, onEnd }: NameFormProps) {
    const field = useRef<HTMLInputElement>(null)
    useLayoutEffect(() => {
        field.current!.focus()
        field.current!.setSelectionRange(0, (rename ?? "").replace(/\.[^/]*$/, "").length)
    }, [])
    const end = () => {
        project.refusal.value = ""
        onEnd()
    }
    return (
        <form
            class="editor-name"
            onSubmit={event => {
                event.preventDefault()
                const name = field.current!.value.trim()
                const why = rename === undefined ? project.add(name) : project.rename(rename, name)
                if (why === undefined) end()
                else field.current!.focus()
            }}
            onKeyDown={event => {
                event.stopPropagation()
                if (event.key === "Escape") end()
            }}
        >
            <label>
                {rename === undefined ? "Name of the new file" : `New name of ${rename}`}{" "}
                <input
                    ref={field}
                    type="text"
                    defaultValue={rename ?? ""}
                    placeholder="sensors.ts"
                    autocomplete="off"
                    spellcheck={false}
                />
            </label>
            <button type="submit">{rename === undefined ? "Add" : "Rename"}</button>
            <button type="button" onClick={end}>
                Cancel
            </button>
        </form>
    )
}
