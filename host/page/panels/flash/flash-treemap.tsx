import { useMemo } from "preact/hooks"
import { formatBytesExact } from "../../../base/format-units"
import type { SizePart, SizeReport } from "../../../documents/size/size-report"
import { IMAGE_LOOKS } from "../../../sinks/image-looks"
import type { Box } from "../../../sinks/squarify"
import { treemap } from "../../../sinks/svg/treemap"
import { HEAD_PX, TreemapArea, TreemapName } from "../treemap-box"
import { useWidth } from "../use-width"

const HEIGHT = 420
/** A file's box that is smaller has no name. */
const MIN_NAMED_PX = 40

interface FlashTreemapProps {
    report: SizeReport
    /** Index of a part. */
    chosen: number | undefined
    onChoose(index: number): void
}

/** A box for each file, in it one for each of its parts, all in proportion to their bytes. */
export function FlashTreemap({ report, chosen, onChoose }: FlashTreemapProps) {
    const { place, width } = useWidth()
    const files = useMemo(() => filesOf(report, width), [report, width])
    const largest = report.byFile
        .slice(0, 3)
        .map(({ name, bytes }) => `${fileName(name)} ${formatBytesExact(bytes)}`)
    return (
        <div ref={place} class="treemap">
            <svg
                viewBox={`0 0 ${width} ${HEIGHT}`}
                width={width}
                height={HEIGHT}
                role="img"
                aria-label={`Areas by bytes of flash; the table has the largest as text. Files: ${largest.join(", ")}`}
            >
                {files.map(({ name, bytes, tiles, hasHead, ...box }) => (
                    <g key={name}>
                        <title>{`${fileName(name)}: ${formatBytesExact(bytes)}`}</title>
                        {hasHead && <TreemapName isFile box={box} name={fileName(name)} />}
                        {tiles.map(({ value: index, ...tile }) => (
                            <Tile
                                key={index}
                                part={report.parts[index]!}
                                box={tile}
                                isChosen={index === chosen}
                                onChoose={() => onChoose(index)}
                            />
                        ))}
                    </g>
                ))}
            </svg>
        </div>
    )
}

interface TileProps {
    part: SizePart
    box: Box
    isChosen: boolean
    onChoose(): void
}

function Tile({ part, box, isChosen, onChoose }: TileProps) {
    return (
        <g class={`tile ${isChosen ? "chosen" : ""}`} onClick={onChoose}>
            <title>{`${partName(part)}: ${formatBytesExact(part.bytes)}`}</title>
            <TreemapArea box={box} color={`in-flash-${part.kind}`} />
            <TreemapName box={box} name={partName(part)} />
        </g>
    )
}

function filesOf({ byFile, parts }: SizeReport, width: number) {
    const files = byFile.map(file => ({ size: file.bytes, value: file }))
    return treemap(files, { x: 0, y: 0, width, height: HEIGHT }).map(({ value, ...box }) => {
        const hasHead = box.height > MIN_NAMED_PX && box.width > MIN_NAMED_PX
        const head = hasHead ? HEAD_PX : 0
        const own = parts.flatMap(({ file = "", bytes }, index) =>
            file === value.name ? [{ size: bytes, value: index }] : [],
        )
        const room = { ...box, y: box.y + head, height: Math.max(0, box.height - head) }
        return { ...box, ...value, hasHead, tiles: treemap(own, room) }
    })
}

function fileName(name: string): string {
    return name === "" ? "of no single file" : name
}

export function partName({ kind, name }: SizePart): string {
    if (name === undefined || name === "") return IMAGE_LOOKS[kind].words
    return kind === "text" ? JSON.stringify(name) : name
}
