import type { PlaygroundState } from "./playground-state"

/** The project's files, to be edited. */
export function CodePane({ state }: { state: PlaygroundState }) {
    const project = state.project.value
    if (!project) return <section class="code-pane" aria-label="Code" />
    const path = state.openFile.value
    return (
        <section class="code-pane" aria-label="Code">
            <select
                aria-label="File"
                value={path}
                onChange={event => (state.openFile.value = event.currentTarget.value)}
            >
                {Object.keys(project.files).map(name => (
                    <option key={name}>{name}</option>
                ))}
            </select>
            <textarea
                aria-label={path}
                spellcheck={false}
                value={project.files[path] ?? ""}
                onInput={event => state.edit(path, event.currentTarget.value)}
            />
            {state.problems.map((problem, index) => (
                <p key={index} class="bad">
                    {problem.file}:{problem.line} {problem.text}
                </p>
            ))}
        </section>
    )
}
