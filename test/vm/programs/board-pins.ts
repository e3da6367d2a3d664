import * as ds from "@devicescript/core"
import { gpio } from "@devicescript/core"

console.log(`simulator: ${ds.isSimulator()}`)
for (const number of [4, 25]) {
    try {
        console.log(`${number} is ${(gpio(number) as any).label}`)
    } catch (error) {
        console.log(`${number} is not exposed`)
    }
}
