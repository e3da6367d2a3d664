import { hex, tableField, tableRows, U16 } from "../../../../../src/index"
import { keepEachSize } from "../keep"

const DISHES = hex`
    c2 01 00 05
    9a 06 01 14
    52 03 02 0a
`

await keepEachSize(
    () => undefined,
    (_, i) => {
        tableField(DISHES, 4, i % tableRows(DISHES, 4), U16)
    },
)
