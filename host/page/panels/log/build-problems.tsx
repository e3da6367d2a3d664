import { Fragment } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { formatCountOf } from "../../../base/format-units"
import type { BuildEvent, BuildProblem } from "../../../model/events"
import type { PageState } from "../../page-state"
import { Panel } from "../panel"

/** What does not compile of a program that is edited, at its lines. */
export function BuildProblems({ state }: { state: PageState }) {
    void state.frame.value
    const build = state.history.value?.build
    if (!build || build.problems.length === 0) return null
    const { problems, sources } = build
    const placeless = problems.filter(({ file }) => sources.every(source => source.file !== file))
    return (
        <Panel
            title="What was saved does not compile"
            class="problems"
            note={`${formatCountOf(problems.length, "problem")}; the run of before goes on`}
        >
            {placeless.map((problem, index) => (
                <p key={index} class="problem" role="alert">
                    {problem.file}:{problem.line} {problem.text}
                </p>
            ))}
            {sources.map(source => (
                <Source
                    key={source.file}
                    {...source}
                    problems={problems.filter(({ file }) => file === source.file)}
                />
            ))}
        </Panel>
    )
}

/** A source as it was saved, from its first problem on. */
function Source({
    file,
    text,
    problems,
}: BuildEvent["sources"][number] & { problems: readonly BuildProblem[] }) {
    const place = useRef<HTMLDivElement>(null)
    const first = Math.min(...problems.map(({ line }) => line))
    useEffect(() => {
        const box = place.current
        const row = box?.querySelector(".wrong")
        if (box && row instanceof HTMLElement) box.scrollTop = row.offsetTop - box.clientHeight / 3
    }, [text, first])
    return (
        <figure>
            <figcaption>
                {file}:{first}
            </figcaption>
            <div class="code" ref={place} tabIndex={0} role="region" aria-label={`Text of ${file}`}>
                <table>
                    <thead class="unseen">
                        <tr>
                            <th scope="col">line</th>
                            <th scope="col">text</th>
                        </tr>
                    </thead>
                    <tbody>
                        {text.split("\n").map((line, index) => {
                            const own = problems.filter(problem => problem.line === index + 1)
                            return (
                                <Fragment key={index}>
                                    <tr class={own.length > 0 ? "wrong" : ""}>
                                        <td class="number pale">{index + 1}</td>
                                        <td>
                                            <code>{line}</code>
                                        </td>
                                    </tr>
                                    {own.map((problem, at) => (
                                        <tr key={at} class="said">
                                            <td />
                                            <td role="alert">{problem.text}</td>
                                        </tr>
                                    ))}
                                </Fragment>
                            )
                        })}
                    </tbody>
                </table>
            </div>
        </figure>
    )
}
