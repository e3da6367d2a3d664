import { useEffect } from "preact/hooks"
import { useSignal } from "@preact/signals"
import { formatBytesExact, formatPercent } from "../../../base/format-units"
import type { SizePart } from "../../../documents/size/size-report"
import { IMAGE_LOOKS } from "../../../sinks/image-looks"
import type { PageState } from "../../page-state"
import { Panel } from "../panel"
import { FlashTreemap, partName } from "./flash-treemap"

/** A board that was replaced meanwhile gives no answer: the next is asked. Milliseconds. */
const ASK_MS = 1000
/** Parts that are told as text. */
const TOP = 12

/** What takes the program's flash: as areas, and the largest parts as text. */
export function Flash({ state }: { state: PageState }) {
    const chosen = useSignal<number | undefined>(undefined)
    const report = state.size.value
    useEffect(() => {
        chosen.value = undefined
        // A program that was edited is another.
        if (report) return undefined
        state.askForSize()
        const timer = setInterval(() => state.askForSize(), ASK_MS)
        return () => clearInterval(timer)
    }, [report])
    if (!report)
        return (
            <Panel title="Flash">
                <p class="nothing">
                    {state.can("size")
                        ? "Reading the program."
                        : state.whyNot(
                              "size",
                              "This source has no program to read: a simulated board has. Of any program: heapscope size.",
                          )}
                </p>
            </Panel>
        )
    const { program, byKind, parts } = report
    const share = (bytes: number) => formatPercent(bytes / program.bytecodeBytes)
    const part = parts[chosen.value ?? -1]
    return (
        <Panel
            title="Flash"
            class="flash"
            note={`${program.entry}: ${formatBytesExact(program.bytecodeBytes)} of bytecode, each byte charged to what it is there for`}
        >
            <ul class="legend">
                {byKind.map(({ name, bytes }) => (
                    <li key={name}>
                        <i class="swatch" style={{ background: `var(--in-flash-${name})` }} />{" "}
                        {IMAGE_LOOKS[name as SizePart["kind"]].words} {formatBytesExact(bytes)}
                    </li>
                ))}
            </ul>
            <FlashTreemap
                report={report}
                chosen={chosen.value}
                onChoose={index => (chosen.value = index)}
            />
            <p class="facts" role="status">
                {part
                    ? `${partName(part)}: ${formatBytesExact(part.bytes)}, ${share(part.bytes)}${placeOf(part) && `, ${placeOf(part)}`}${part.keptBy.length > 0 ? `, kept by ${part.keptBy.join(", ")}` : ""}`
                    : "Choose a part to see what keeps it in."}
            </p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">largest parts</th>
                        <th scope="col" class="number">
                            bytes
                        </th>
                        <th scope="col" class="number">
                            share
                        </th>
                        <th scope="col">where</th>
                    </tr>
                </thead>
                <tbody>
                    {parts.slice(0, TOP).map((one, index) => (
                        <tr key={index}>
                            <th scope="row">
                                <button
                                    class="link"
                                    type="button"
                                    onClick={() => (chosen.value = index)}
                                >
                                    {partName(one)}
                                </button>
                            </th>
                            <td class="number">{formatBytesExact(one.bytes)}</td>
                            <td class="number">{share(one.bytes)}</td>
                            <td>{placeOf(one)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    )
}

function placeOf({ file, line }: SizePart): string {
    if (file === undefined) return ""
    return line === undefined ? file : `${file}:${line}`
}
