import { keepEachSize } from "../keep"

await keepEachSize(
    () => [] as number[][],
    lists => {
        lists.push([0, 1, 2, 3])
    },
)
