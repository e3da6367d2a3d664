import { keepEachSize } from "../keep"

interface NumberMap {
    [key: string]: number
}

await keepEachSize(
    () => ({}) as NumberMap,
    (map, i) => {
        map[`${i}`] = 2 * i
    },
)
