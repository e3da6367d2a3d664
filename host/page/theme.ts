import { BLOCK_LOOKS } from "../sinks/block-looks"
import { IMAGE_LOOKS } from "../sinks/image-looks"
import { INK, KINDS, LINE, PALE_INK, PAPER, QUANTITIES, type Color } from "../sinks/palette"

/** Frames of a flame graph, on the page's own ground. */
const FRAMES: Readonly<Record<string, Color>> = {
    "frame-program": { dark: "#6b4a2b", light: "#f7d9b8" },
    "frame-library": { dark: "#2c4a6e", light: "#cfe1f7" },
    "frame-runtime": { dark: "#3a4048", light: "#e2e5ea" },
}

/** What the page's parts and its style sheet call the colours of every picture. */
const NAMES: Readonly<Record<string, Color>> = {
    paper: PAPER,
    ink: INK,
    pale: PALE_INK,
    line: LINE,
    surface: { dark: "#12171e", light: "#fbfcfd" },
    raised: { dark: "#1c2229", light: "#eef1f4" },
    live: QUANTITIES.live,
    garbage: QUANTITIES.garbage,
    free: QUANTITIES.free,
    largest: QUANTITIES.largestFree,
    bad: { dark: "#ff7b72", light: "#cf222e" },
    warning: { dark: "#d29922", light: "#7d4e00" },
    good: { dark: "#3fb950", light: "#116329" },
}

export type Theme = "dark" | "light"

/** What the reader's system asks for, until somebody chooses. */
export function systemTheme(): Theme {
    return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"
}

/** Gives the style sheet its colours. */
export function applyTheme(theme: Theme): void {
    const { style, dataset } = document.documentElement
    dataset["theme"] = theme
    style.colorScheme = theme
    for (const [name, color] of Object.entries({ ...NAMES, ...FRAMES }))
        style.setProperty(`--${name}`, color[theme])
    for (const [type, { color }] of Object.entries(BLOCK_LOOKS))
        style.setProperty(`--${type}`, color[theme])
    for (const [kind, { color }] of Object.entries(IMAGE_LOOKS))
        style.setProperty(`--in-flash-${kind}`, color[theme])
    for (const [kind, color] of Object.entries(KINDS))
        style.setProperty(`--kind-${kind}`, color[theme])
}

/** A colour of the theme, for what is drawn on a canvas. */
export function themeColor(name: string): string {
    return document.documentElement.style.getPropertyValue(`--${name}`)
}

/** Whether nothing is to move that need not. */
export function isStill(): boolean {
    return matchMedia("(prefers-reduced-motion: reduce)").matches
}
