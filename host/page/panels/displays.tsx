import { useEffect, useRef } from "preact/hooks"
import { shownAsTold, type Picture, type ToldShown } from "../../model/shown"
import type { PageState } from "../page-state"
import { Panel } from "./panel"

/** A pixel of a display is at least so large. */
const MIN_WIDTH_PX = 256
const LED_PX = 18

/** What displays and strips of LEDs showed at the moment that is looked at. */
export function Displays({ state }: { state: PageState }) {
    void state.frame.value
    const shown = state.history.value?.displaysAt(state.momentMs.value ?? Infinity) ?? []
    if (shown.length === 0) return null
    return (
        <Panel title="Displays">
            <div class="displays">
                {shown.map((told, index) => (
                    <Display key={`${index} ${told.name}`} told={told} />
                ))}
            </div>
        </Panel>
    )
}

function Display({ told }: { told: ToldShown }) {
    const { name, kind, picture, text } = shownAsTold(told)
    return (
        <figure>
            {picture ? (
                <Pixels name={name} picture={picture} isStrip={kind === "strip"} />
            ) : (
                <pre>{text?.join("\n") ?? "nothing drawn yet"}</pre>
            )}
            <figcaption>{name}</figcaption>
        </figure>
    )
}

interface PixelsProps {
    name: string
    picture: Picture
    isStrip: boolean
}

function Pixels({ name, picture: { width, height, rgb }, isStrip }: PixelsProps) {
    const canvas = useRef<HTMLCanvasElement>(null)
    useEffect(() => {
        const context = canvas.current?.getContext("2d")
        if (!context) return
        const image = context.createImageData(width, height)
        for (let at = 0; at < width * height; at++) {
            image.data.set(rgb.subarray(at * 3, at * 3 + 3), at * 4)
            image.data[at * 4 + 3] = 255
        }
        context.putImageData(image, 0, 0)
    })
    const shownWidth = isStrip
        ? width * LED_PX
        : width * Math.max(1, Math.ceil(MIN_WIDTH_PX / width))
    return (
        <canvas
            ref={canvas}
            class={isStrip ? "strip" : "pixels"}
            width={width}
            height={height}
            style={{ width: `${shownWidth}px` }}
            role="img"
            aria-label={`${name}: ${width} by ${height} pixels`}
        />
    )
}
