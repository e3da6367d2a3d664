import * as ds from "@devicescript/core"

console.log(ds.gpio(25))
