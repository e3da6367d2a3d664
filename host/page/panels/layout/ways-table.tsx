import { formatBytes, formatCount, formatMemory } from "../../../base/format-units"
import type { LayoutReport, TypeReport } from "../../../documents/layout/layout-report"

interface WaysTableProps {
    type: TypeReport
    heaps: LayoutReport["heaps"]
}

/** What so many of a record take on the board in each way of keeping them, and how many there is room for. */
export function WaysTable({ type: { ways }, heaps }: WaysTableProps) {
    const counts = ways.find(({ takes }) => takes)?.takes?.map(({ count }) => count) ?? []
    const where = heaps
        .map(({ heapBytes, boards }) => `${boards[0] ?? "a board"}'s ${formatMemory(heapBytes)}`)
        .join(", ")
    return (
        <>
            <div class="scroll" tabIndex={0} role="group" aria-label="Ways of keeping them">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">kept as</th>
                            {counts.map(count => (
                                <th key={count} scope="col" class="number">
                                    {count === 1 ? "one" : formatCount(count)}
                                </th>
                            ))}
                            {heaps.map(({ heapBytes }) => (
                                <th key={heapBytes} scope="col" class="number">
                                    fit
                                </th>
                            ))}
                        </tr>
                    </thead>
                    <tbody>
                        {ways.map(({ name, means, takes, fits, why }) => (
                            <tr key={name}>
                                <th scope="row">{means}</th>
                                {takes && fits ? (
                                    [
                                        ...takes.map(({ bytes }) => formatBytes(bytes)),
                                        ...fits.map(({ count }) => formatCount(count)),
                                    ].map((text, i) => (
                                        <td key={i} class="number">
                                            {text}
                                        </td>
                                    ))
                                ) : (
                                    <td colSpan={counts.length + heaps.length} class="number pale">
                                        {why}
                                    </td>
                                )}
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            <p class="note">
                {`So many bytes of the heap with all that belongs to them, and how many ${where} has room for where nothing else is.`}
            </p>
        </>
    )
}
