import { keepEachSize } from "../keep"

await keepEachSize(
    () => [] as number[],
    (numbers, i) => {
        numbers.push(i)
    },
)
