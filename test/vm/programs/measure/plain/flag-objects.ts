import { keepEachSize } from "../keep"

interface Flags {
    a: boolean
    b: boolean
    c: boolean
    d: boolean
    e: boolean
    f: boolean
    g: boolean
    h: boolean
}

await keepEachSize(
    () => [] as Flags[],
    all => {
        all.push({ a: true, b: true, c: true, d: true, e: true, f: true, g: true, h: true })
    },
)
