import { useEffect } from "preact/hooks"
import { useSignal } from "@preact/signals"
import { formatBytes, formatPercent } from "../../../base/format-units"
import type { LayoutReport, TypeReport } from "../../../documents/layout/layout-report"
import type { ProgramLayouts } from "../../../documents/layout/program-layouts"
import type { PageState } from "../../page-state"
import { Panel } from "../panel"
import { ByteMap } from "./byte-map"
import { WaysTable } from "./ways-table"

/** A board that was replaced meanwhile gives no answer: the next is asked. Milliseconds. */
const ASK_MS = 1000

/** What the types of the program take: byte by byte, and kept on the board in each way. */
export function Layout({ state }: { state: PageState }) {
    const chosen = useSignal("")
    const layouts = state.layouts.value
    useEffect(() => {
        // A program that was edited is another.
        if (layouts) return undefined
        state.askForLayouts()
        const timer = setInterval(() => state.askForLayouts(), ASK_MS)
        return () => clearInterval(timer)
    }, [layouts])
    const types = layouts?.reports.flatMap(report => report.types.map(type => ({ report, type })))
    const shown = types?.find(one => keyOf(one) === chosen.value) ?? types?.[0]
    if (!layouts || !types || !shown)
        return (
            <Panel title="Layout">
                <p class="nothing">{whyNone(state)}</p>
                {layouts && <Unread {...layouts} />}
            </Panel>
        )
    return (
        <Panel
            title="Layout"
            class="layout"
            note={`What a record takes, byte by byte; heapscope layout ${shown.report.file} prints it`}
            actions={
                <select
                    aria-label="Type"
                    value={keyOf(shown)}
                    onChange={event => (chosen.value = event.currentTarget.value)}
                >
                    {layouts.reports.map(report => (
                        <optgroup key={report.file} label={report.file}>
                            {report.types.map(type => (
                                <option key={type.name} value={keyOf({ report, type })}>
                                    {type.name}
                                </option>
                            ))}
                        </optgroup>
                    ))}
                </select>
            }
        >
            <TypeLayout {...shown} />
            <Unread {...layouts} />
        </Panel>
    )
}

interface Shown {
    report: LayoutReport
    type: TypeReport
}

function TypeLayout({ report, type }: Shown) {
    const { declared, better, bitPacked } = type
    const saved = better ? declared.bytes - better.bytes : 0
    return (
        <>
            <h3>
                {type.name}{" "}
                <span class="pale">
                    {report.file}:{type.line}
                </span>
            </h3>
            <div class="maps">
                <ByteMap type={type} title="as declared" laid={type.declared} />
                <ByteMap type={type} title="reordered" laid={type.reordered} />
                <ByteMap type={type} title="packed" laid={type.packed} />
                {"why" in bitPacked ? (
                    <p class="nothing">{`No bits: ${bitPacked.why}`}</p>
                ) : (
                    <ByteMap type={type} title="bit after bit" laid={bitPacked} />
                )}
            </div>
            <WaysTable type={type} heaps={report.heaps} />
            {better && saved > 0 && (
                <figure>
                    <figcaption>
                        {`In this order it takes ${formatBytes(better.bytes)} instead of ${formatBytes(declared.bytes)}, ${formatPercent(saved / declared.bytes)} less:`}
                    </figcaption>
                    <pre tabIndex={0}>{better.declaration}</pre>
                </figure>
            )}
        </>
    )
}

/** What is no record, and why. */
function Unread({ unread }: ProgramLayouts) {
    if (unread.length === 0) return null
    return (
        <details>
            <summary>{`${unread.length === 1 ? "One type is" : `${unread.length} types are`} no record`}</summary>
            <ul>
                {unread.map(({ file, name, line, why }) => (
                    <li key={`${file} ${name}`}>
                        <b>{name}</b>{" "}
                        <span class="pale">
                            {file}:{line}
                        </span>{" "}
                        {why}
                    </li>
                ))}
            </ul>
        </details>
    )
}

function keyOf({ report, type }: Shown): string {
    return `${report.file} ${type.name}`
}

function whyNone(state: PageState): string {
    if (state.layouts.value)
        return "This program declares no interface, type or class whose fields are known: interface Order { id: u16; paid: bool } is one."
    return state.can("layouts")
        ? "Reading the program."
        : state.whyNot(
              "layouts",
              "This source has no program to read: a simulated board has. Of any file: heapscope layout.",
          )
}
