import { widthOf, type ChangedFrame } from "../../analysis/profile/changed-frames"
import { formatSigned } from "../../base/format-units"
import { CHANGES } from "../palette"
import { drawFlames, type FlameBox } from "./flame-boxes"
import { labelOf, placedName, type FlameGraphWords } from "./flame-graph"

/** From so much of its own value on, a frame that is another has the strong colour. */
const MUCH = 0.25

/**
 * What two profiles differ in as a flame graph, a self-contained SVG. A frame is as wide as the larger of
 * what it was and what it is; its colour says whether that is more or less.
 */
export function renderFlameDifference(root: ChangedFrame, words: FlameGraphWords): string {
    return drawFlames(boxOf({ ...root, name: `all: ${changeOf(root, words)}` }, words), {
        ...words,
        legend: [
            { fill: CHANGES.muchMore.dark, words: "much more" },
            { fill: CHANGES.more.dark, words: "more" },
            { fill: CHANGES.same.dark, words: "as before" },
            { fill: CHANGES.less.dark, words: "less" },
            { fill: CHANGES.muchLess.dark, words: "much less" },
        ],
    })
}

function boxOf(frame: ChangedFrame, words: FlameGraphWords): FlameBox {
    return {
        label: labelOf(frame),
        hover: [placedName(frame), changeOf(frame, words)],
        value: widthOf(frame),
        fill: colorOf(frame),
        children: frame.children.map(child => boxOf(child, words)),
    }
}

function changeOf({ before, after }: ChangedFrame, { format }: FlameGraphWords): string {
    return `${format(before)} → ${format(after)}, ${formatSigned(after - before, format)}`
}

function colorOf({ before, after }: ChangedFrame): string {
    const difference = after - before
    if (difference === 0) return CHANGES.same.dark
    const isMuch = Math.abs(difference) >= MUCH * Math.max(before, after)
    if (difference > 0) return (isMuch ? CHANGES.muchMore : CHANGES.more).dark
    return (isMuch ? CHANGES.muchLess : CHANGES.less).dark
}
