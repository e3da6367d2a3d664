import { keepEachSize } from "../keep"

await keepEachSize(
    () => [] as boolean[],
    booleans => {
        booleans.push(true)
    },
)
