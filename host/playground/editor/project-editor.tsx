import { useEffect, useRef } from "preact/hooks"
import { CodeView } from "./code-view"
import type { EditedProject } from "./edited-project"
import { FileTabs } from "./file-tabs"
import { CursorFacts, ProblemList } from "./problem-list"

/** The files of a program, to be edited: tabs, the text of one of them, what is wrong with all. */
export function ProjectEditor({ project }: { project: EditedProject }) {
    const place = useRef<HTMLDivElement>(null)
    useEffect(() => {
        const view = new CodeView(place.current!, project)
        return () => view.end()
    }, [project])
    const at = project.names.value.indexOf(project.shown.value)
    return (
        <section class="editor" aria-label="Program">
            <FileTabs project={project} />
            <div
                class="editor-text"
                id="editor-text"
                role="tabpanel"
                aria-labelledby={`file-tab-${at}`}
                ref={place}
            />
            <CursorFacts project={project} />
            <ProblemList project={project} />
        </section>
    )
}
