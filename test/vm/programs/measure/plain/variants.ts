import { keepEachSize } from "../keep"

interface Variant {
    kind: number
    minutes: number
}

await keepEachSize(
    () => [] as Variant[],
    (variants, i) => {
        variants.push({ kind: i & 3, minutes: 25 })
    },
)
