import { formatCount } from "../../base/format-units"
import type { ExampleTitle } from "../catalogue"
import type { Answered } from "./progress"

/** What comes out of the printer: each lesson with what was guessed of it. On the screen it is not seen. */
export function ResultSheet({
    lessons,
    answered,
}: {
    lessons: readonly ExampleTitle[]
    answered: Readonly<Record<string, Answered>>
}) {
    return (
        <section class="sheet" aria-hidden="true">
            <h1>Heapscope: lessons on memory</h1>
            <p>Name: ______________________________ Date: ______________</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">Lesson</th>
                        <th scope="col">My guess</th>
                        <th scope="col">The VM said</th>
                        <th scope="col">Off by</th>
                    </tr>
                </thead>
                <tbody>
                    {lessons.map(({ id, title }) => {
                        const told = answered[lessonName(id)]
                        return (
                            <tr key={id}>
                                <td>{title}</td>
                                <td>{told?.guess === undefined ? "" : formatCount(told.guess)}</td>
                                <td>{told ? formatCount(told.answer) : ""}</td>
                                <td>{told && offBy(told)}</td>
                            </tr>
                        )
                    })}
                </tbody>
            </table>
            <p>
                {Object.keys(answered).length} of {lessons.length} lessons done.
            </p>
        </section>
    )
}

/** The lesson of an address `lesson/pool`. */
export function lessonName(id: string): string {
    return id.replace(/^lesson\//, "")
}

function offBy({ guess, answer }: Answered): string {
    if (guess === undefined) return "was told"
    if (guess === answer) return "exact"
    if (answer === 0) return formatCount(Math.abs(guess))
    return `${Math.round((Math.abs(guess - answer) / answer) * 100)} %`
}
